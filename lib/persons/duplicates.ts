import 'server-only';
import type { OmniError } from '#lib/omni/errors.ts';
import { fanOut } from '#lib/omni/fan-out.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { searchPersons } from '#lib/omni/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { evidenceFor, isLikely, type Candidate, type Evidence } from './duplicate-evidence.ts';
import { side } from './merge-read.ts';
import { digitsOf } from './phone-digits.ts';
import { searchPatterns } from './search-patterns.ts';

/** As many searches and as many looks at a person as one page may cost. */
const MOST_SEARCHES = 4;
const MOST_LOOKS = 6;

export type Duplicate = { person: Candidate['person']; identities: number | null; evidence: Evidence[] };

/**
 * People who may be this one, with what speaks for and against it. At most four searches; those found are looked at for their handles.
 * Fails only when nothing could be asked; a single failed search makes the list shorter.
 */
export async function findDuplicates(
  omni: Omni,
  self: { person: Person; identities: Identity[] },
): Promise<Result<Duplicate[], OmniError>> {
  const searches = searchesFor(self).slice(0, MOST_SEARCHES);
  const answers = await fanOut(omni, searches, { concurrency: MOST_SEARCHES }, (search, signal) =>
    searchPersons(omni, { search, limit: 20 }, signal),
  );
  const failed = answers.find((answer) => answer.state === 'failed');
  if (failed?.state === 'failed' && answers.every(({ state }) => state !== 'ok')) return err(failed.error);
  const found = new Map(
    answers
      .flatMap((answer) => (answer.state === 'ok' ? answer.value.items : []))
      .filter(({ id }) => id !== self.person.id)
      .map((person) => [person.id, person]),
  );
  const looks = await fanOut(omni, [...found.keys()].slice(0, MOST_LOOKS), { concurrency: MOST_LOOKS }, (id) =>
    side(omni, id),
  );
  const all = looks.flatMap((look): Candidate[] => {
    if (look.state === 'ok') return look.value ? [look.value] : [];
    const person = found.get(look.item);
    return person ? [{ person, identities: null }] : [];
  });
  return ok(
    all
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
  );
}

/** What to look for: the phone however it is written, the e-mail, each handle. */
function searchesFor({ person, identities }: { person: Person; identities: Identity[] }): string[] {
  const phones = [person.primaryPhone, ...identities.map(({ platformUserId }) => platformUserId.replace(/[:@].*$/, ''))]
    .filter((text): text is string => digitsOf(text ?? '').length >= 8 && !/[a-z]/i.test(text ?? ''))
    .map((text) => searchPatterns(digitsOf(text)).at(1)?.text ?? digitsOf(text));
  const handles = identities
    .map(({ platformUserId }) => platformUserId.replace(/@.*$/, '').replace(/^@/, ''))
    .filter((handle) => /[a-z]/i.test(handle) && handle.length >= 4)
    .map((handle) => handle.replaceAll(/[._-]/g, '_'));
  const email = person.primaryEmail?.trim();
  return [...new Set([...phones, ...(email ? [email] : []), ...handles])];
}
