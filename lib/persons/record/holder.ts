import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listPersons, searchPersons } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { readPersonRecord, type PersonRecord } from './person-record.ts';

/** At most so many people are read to find who holds an identity; a new person is among the newest. */
const MOST_READ = 24;

/**
 * Who holds an identity now, or null when nobody was found; where the search failed and nobody else holds it, that error. Omni has no way to ask for an identity (contract §3), so people found by its
 * handle are read first, then the newest ones, those without any field before others. `not`: ids of people known not to hold it.
 */
export async function findHolder(
  omni: Omni,
  identity: { id: string; platformUserId: string },
  not: readonly string[] = [],
): Promise<Result<PersonRecord | null, OmniError>> {
  const [newest, hits] = await Promise.all([
    listPersons(omni, { limit: 100 }),
    searchPersons(omni, { search: identity.platformUserId, limit: 100 }),
  ]);
  if (!newest.ok) return newest;
  const found = hits.ok ? hits.value.items : [];
  const bare = newest.value.items.filter(isBare);
  const rest = newest.value.items.filter((person) => !isBare(person));
  const skipped = new Set(not);
  for (const { id } of [...found.slice(0, MOST_READ), ...bare.slice(0, MOST_READ), ...rest.slice(0, 4)]) {
    if (skipped.has(id)) continue;
    skipped.add(id);
    const answer = await readPersonRecord(omni, id);
    if (!answer.ok) return answer;
    if (answer.value?.identities.some((one) => one.id === identity.id)) return answer;
  }
  return hits.ok ? ok(null) : hits;
}

/** Whether a person has no name, no phone and no email. */
export function isBare({ displayName, primaryPhone, primaryEmail }: Person): boolean {
  return displayName === null && primaryPhone === null && primaryEmail === null;
}
