import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, searchPersons } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { calledBy } from './person-record.ts';
import { samePhone } from '#lib/text/phone.ts';
import { sameEmail } from '#lib/text/email.ts';
import { OMNI_HITS } from '#lib/persons/directory/search.ts';
import { knownDirectory } from '#lib/persons/people-index/directory.ts';
import { searchPatterns } from '#lib/persons/directory/search-patterns.ts';

/** Somebody who has a phone or an email already, and how to call them. */
export type Holder = { id: string; name: string };

/** Who else has this phone, however it is written, or null. Omni keeps phones unique as texts only (contract §3). */
export async function whoHasPhone(
  omni: Omni,
  phone: string,
  not: string | null,
): Promise<Result<Holder | null, OmniError>> {
  const [, anyForm] = searchPatterns(phone).patterns;
  const found = await firstOf(omni, [phone, ...(anyForm ? [anyForm.text] : [])], not, ({ primaryPhone }) =>
    primaryPhone ? primaryPhone === phone || samePhone(primaryPhone, phone) : false,
  );
  // Fewer than a hundred people have one number in their texts; Omni refuses a phone that is taken.
  return found.ok ? ok(found.value === 'unsure' ? null : found.value) : found;
}

/**
 * Who else has this email, in whatever case, or null; `unsure` where nobody was found among the people that Omni lists at most. Omni
 * lets several people have one (contract §3).
 */
export async function whoHasEmail(
  omni: Omni,
  email: string,
  not: string | null,
): Promise<Result<Holder | null | 'unsure', OmniError>> {
  return firstOf(omni, [email], not, ({ primaryEmail }) => sameEmail(primaryEmail, email));
}

type Contact = Pick<Person, 'primaryPhone' | 'primaryEmail'>;

/** Whom a search finds; where Omni had more than it answers, whom the directory at hand has. */
async function firstOf(
  omni: Omni,
  searches: readonly string[],
  not: string | null,
  has: (person: Contact) => boolean,
): Promise<Result<Holder | null | 'unsure', OmniError>> {
  let all = true;
  for (const search of searches) {
    const hits = await searchPersons(omni, { search, limit: OMNI_HITS });
    if (!hits.ok) return hits;
    all &&= hits.value.items.length < OMNI_HITS;
    const holder = hits.value.items.find((hit) => hit.id !== not && has(hit));
    if (holder) return ok({ id: holder.id, name: await nameOf(omni, holder) });
  }
  if (all) return ok(null);
  const known = knownDirectory({ omni });
  const one = known && [...known.people.values()].find((person) => person.id !== not && has(person));
  const now = one && (await getPerson(omni, one.id));
  if (now?.ok && has(now.value)) return ok({ id: now.value.id, name: calledBy({ person: now.value }) });
  return ok(known?.state.whole ? null : 'unsure');
}

/** A hit's name may be an alias of a channel (contract §3): the person's own is asked for. */
async function nameOf(omni: Omni, hit: Person): Promise<string> {
  const own = await getPerson(omni, hit.id);
  return calledBy({ person: own.ok ? own.value : hit });
}
