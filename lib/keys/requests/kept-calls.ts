import 'server-only';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { store } from '#lib/store/database.ts';
import { exportsOf } from './audit-exports.ts';

/**
 * Whether the record of a key's calls was copied out of Omni to its end and downloaded. `kept_unsure`: as far as Omni's paging
 * goes, which can't step through more than a hundred calls of one millisecond. `unknown`: nobody looked.
 */
export type KeptCalls = 'kept' | 'kept_unsure' | 'not_kept' | 'nothing_to_keep' | 'unknown';

/**
 * Whether a key's calls are kept: by a finished copy of all of them that reaches to the last one and left this console. A key that was never used
 * has none. What Omni has no time for (contract §1.8) is taken as the newest there can be.
 */
export async function keptCalls(
  server: string,
  key: Pick<Key, 'id' | 'usageCount' | 'lastUsedAt'>,
): Promise<KeptCalls> {
  const { id, usageCount, lastUsedAt } = key;
  if (usageCount === 0 && lastUsedAt === null) return 'nothing_to_keep';
  const last = lastUsedAt === null ? Infinity : Date.parse(lastUsedAt);
  const copies = await exportsOf(await store(), server, id);
  const whole = copies.filter(
    ({ status, filter, until, takenAt, unreadable }) =>
      status === 'done' && takenAt !== null && !unreadable && Object.keys(filter).length === 0 && until >= last,
  );
  if (whole.length === 0) return 'not_kept';
  return whole.some(({ unsure }) => !unsure) ? 'kept' : 'kept_unsure';
}
