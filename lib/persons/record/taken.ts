import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, searchPersons } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { calledBy } from './person-record.ts';
import { samePhone } from '#lib/text/phone.ts';
import { sameEmail } from '#lib/text/email.ts';
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
  return firstOf(omni, [phone, ...(anyForm ? [anyForm.text] : [])], not, ({ primaryPhone }) =>
    primaryPhone ? primaryPhone === phone || samePhone(primaryPhone, phone) : false,
  );
}

/** Who else has this email, in whatever case, or null. Omni lets several people have one (contract §3). */
export async function whoHasEmail(
  omni: Omni,
  email: string,
  not: string | null,
): Promise<Result<Holder | null, OmniError>> {
  return firstOf(omni, [email], not, ({ primaryEmail }) => sameEmail(primaryEmail, email));
}

async function firstOf(
  omni: Omni,
  searches: readonly string[],
  not: string | null,
  has: (person: Person) => boolean,
): Promise<Result<Holder | null, OmniError>> {
  for (const search of searches) {
    const hits = await searchPersons(omni, { search, limit: 100 });
    if (!hits.ok) return hits;
    const holder = hits.value.items.find((hit) => hit.id !== not && has(hit));
    if (holder) return ok({ id: holder.id, name: await nameOf(omni, holder) });
  }
  return ok(null);
}

/** A hit's name may be an alias of a channel (contract §3): the person's own is asked for. */
async function nameOf(omni: Omni, hit: Person): Promise<string> {
  const own = await getPerson(omni, hit.id);
  return calledBy({ person: own.ok ? own.value : hit });
}
