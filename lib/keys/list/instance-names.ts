import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** The names of instances by id, as far as the session can read them; empty where it can't or Omni doesn't answer. */
export async function instanceNames(
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<ReadonlyMap<string, string>> {
  if (allows(scopes, 'instances:read') === 'no') return new Map();
  const answer = await instancesSnapshot(omni);
  return new Map(answer.ok ? answer.value.map(({ id, name }) => [id, name]) : []);
}
