import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { evidenceFor, hidesPhone, isLikely, type Candidate, type Evidence } from './duplicate-evidence.ts';
import { handleOf, userOf } from '#lib/persons/directory/handle.ts';
import { digitsOf } from '#lib/text/phone.ts';
import { searchPatterns } from '#lib/persons/directory/search-patterns.ts';
import { visibleName } from '#lib/text/visible.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';

/** At most so many searches and reads of a person for one page, so many at once, and so many hits of a search. */
const MOST_SEARCHES = 8;
const MOST_READ = 12;
const AT_ONCE = 4;
const HITS = 20;

export type Duplicate = { person: Candidate['person']; identities: number | null; evidence: Evidence[] };

/** `incomplete`: a search was left out, failed or came back full, or somebody was found who could not be read. */
export type Duplicates = { found: Duplicate[]; incomplete: boolean };

/**
 * People who may be this one, with the evidence for and against it. At most eight searches; twelve of those found are read for
 * their handles, the others are compared by their own fields. Fails only when no search was answered.
 */
export async function findDuplicates(
  omni: Omni,
  self: { person: Person; identities: Identity[] },
): Promise<Result<Duplicates, OmniError>> {
  const wanted = searchesFor(self);
  const searches = wanted.slice(0, MOST_SEARCHES);
  const answers = await fanOut(omni, searches, { concurrency: AT_ONCE }, (search, signal) =>
    searchPersons(omni, { search, limit: HITS }, signal),
  );
  const failed = answers.find((answer) => answer.state === 'failed');
  if (failed?.state === 'failed' && answers.every(({ state }) => state !== 'ok')) return err(failed.error);
  const found = new Map(
    answers
      .flatMap((answer) => (answer.state === 'ok' ? answer.value.items : []))
      .filter(({ id }) => id !== self.person.id)
      .map((person) => [person.id, person]),
  );
  const reads = await fanOut(omni, [...found.keys()].slice(0, MOST_READ), { concurrency: AT_ONCE }, (id) =>
    readPersonRecord(omni, id),
  );
  const records = new Map(reads.flatMap((read) => (read.state === 'ok' ? [[read.item, read.value] as const] : [])));
  const all = [...found].flatMap(([id, person]): Candidate[] => {
    const record = records.get(id);
    return record === null ? [] : [record ?? { person, identities: null }];
  });
  return ok({
    incomplete:
      wanted.length > searches.length ||
      records.size < found.size ||
      answers.some((answer) => answer.state !== 'ok' || answer.value.items.length >= HITS),
    found: all
      .map(({ person, identities }) => ({
        person: {
          id: person.id,
          displayName: person.displayName,
          primaryPhone: person.primaryPhone,
          primaryEmail: person.primaryEmail,
        },
        identities: identities?.length ?? null,
        evidence: evidenceFor(self, { person, identities }),
      }))
      .filter(({ evidence }) => isLikely(evidence)),
  });
}

/** What to search for: the phone in any spelling, the email, each handle; the name of who has no phone. */
function searchesFor({ person, identities }: { person: Person; identities: Identity[] }): string[] {
  const known = identities.map((identity) => ({ ...handleOf(identity), user: userOf(identity.platformUserId) }));
  const phones = [person.primaryPhone?.trim() ?? '', ...known.map(({ phone }) => phone?.written ?? '')]
    .filter((text) => digitsOf(text).length >= 7)
    .map((text) => searchPatterns(text).patterns.at(1)?.text ?? text);
  const handles = known
    .filter(({ kind, user }) => kind === 'username' && user.length >= 4)
    .map(({ user }) => user.replaceAll(/[._-]/g, '_'));
  const email = person.primaryEmail?.trim();
  const name = hidesPhone({ person, identities }) ? (visibleName(person.displayName) ?? '') : '';
  const names = name ? [searchPatterns(name).patterns.at(1)?.text ?? name] : [];
  return [...new Set([...phones, ...(email ? [email] : []), ...handles, ...names])];
}
