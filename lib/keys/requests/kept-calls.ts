import 'server-only';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { store } from '#lib/store/database.ts';
import { exportsOf } from './audit-exports.ts';

/**
 * Whether all requests of a key were copied out of Omni and downloaded. `kept_unsure`: as far as Omni's paging goes, which can't
 * step through more than a hundred requests of one millisecond. `unknown`: it wasn't checked.
 */
export type KeptCalls = 'kept' | 'kept_unsure' | 'not_kept' | 'nothing_to_keep' | 'unknown';

/**
 * Whether a key's requests are kept: by a finished and downloaded copy of all of them up to the last one. A key that was never
 * used has none. A use without a time (contract §1.8) counts as the newest there can be.
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
    ({ status, filter, until, downloadedAt, unreadable }) =>
      status === 'done' && downloadedAt !== null && !unreadable && Object.keys(filter).length === 0 && until >= last,
  );
  if (whole.length === 0) return 'not_kept';
  return whole.some(({ unsure }) => !unsure) ? 'kept' : 'kept_unsure';
}
