import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listPersons, searchPersons } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { side } from '#lib/persons/merge/merge-read.ts';
import type { Side } from '#lib/persons/merge/merge-facts.ts';

/** People who are looked at to find who holds an identity; a new person is among the newest. */
const MOST_LOOKS = 24;

/**
 * Who holds an identity now, or null when nobody was found. Omni has no way to ask for an identity (contract §3): who is found by its
 * handle is looked at first, then the newest people, those without any field before others. `not`: who is known not to hold it.
 */
export async function findHolder(
  omni: Omni,
  identity: { id: string; platformUserId: string },
  not: readonly string[] = [],
): Promise<Result<Side | null, OmniError>> {
  const [newest, hits] = await Promise.all([
    listPersons(omni, { limit: 100 }),
    searchPersons(omni, { search: identity.platformUserId, limit: 100 }),
  ]);
  if (!newest.ok) return newest;
  const found = hits.ok ? hits.value.items : [];
  const bare = newest.value.items.filter(isBare);
  const rest = newest.value.items.filter((person) => !isBare(person));
  const seen = new Set(not);
  for (const { id } of [...found.slice(0, MOST_LOOKS), ...bare.slice(0, MOST_LOOKS), ...rest.slice(0, 4)]) {
    if (seen.has(id)) continue;
    seen.add(id);
    const answer = await side(omni, id);
    if (!answer.ok) return answer;
    if (answer.value?.identities.some((one) => one.id === identity.id)) return answer;
  }
  return ok(null);
}

function isBare({ displayName, primaryPhone, primaryEmail }: Person): boolean {
  return displayName === null && primaryPhone === null && primaryEmail === null;
}
