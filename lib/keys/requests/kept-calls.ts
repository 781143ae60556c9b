import 'server-only';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { store } from '#lib/store/database.ts';
import { downloadedExports } from './audit-exports.ts';

/**
 * Whether all requests of a key were copied out of Omni and downloaded. `kept_unsure`: as far as Omni's paging goes, which can't
 * step through more than a hundred requests of one millisecond.
 */
export type KeptCalls = 'kept' | 'kept_unsure' | 'not_kept' | 'nothing_to_keep';

type UsedKey = Pick<Key, 'id' | 'usageCount' | 'lastUsedAt' | 'revokedAt'>;

/** So long another process of Omni may take a revoked key for a working one (contract §1.9); milliseconds. */
const STILL_TAKEN_MS = 60_000;

/**
 * Whether a key's requests are kept: by a finished and downloaded copy of all of them up to the last one. A key that was never
 * used has none. A use without a time (contract §1.8) counts as the newest there can be: one of when the key was revoked.
 */
export async function keptCalls(server: string, key: UsedKey): Promise<KeptCalls> {
  return (await keptCallsOf(server, [key])).get(key.id) ?? 'not_kept';
}

/** The same of several keys, by their ids, with one question to the store. */
export async function keptCallsOf(server: string, keys: readonly UsedKey[]): Promise<ReadonlyMap<string, KeptCalls>> {
  const used = keys.filter((key) => !isUnused(key));
  const copies = await downloadedExports(
    await store(),
    server,
    used.map(({ id }) => id),
  );
  const of = (key: UsedKey): KeptCalls => {
    if (isUnused(key)) return 'nothing_to_keep';
    const last = lastUseOf(key);
    const whole = copies.filter(
      ({ keyId, filter, until, unreadable }) =>
        keyId === key.id && !unreadable && Object.keys(filter).length === 0 && until >= last,
    );
    if (whole.length === 0) return 'not_kept';
    return whole.some(({ unsure }) => !unsure) ? 'kept' : 'kept_unsure';
  };
  return new Map(keys.map((key) => [key.id, of(key)]));
}

function isUnused({ usageCount, lastUsedAt }: UsedKey): boolean {
  return usageCount === 0 && lastUsedAt === null;
}

function lastUseOf({ lastUsedAt, revokedAt }: UsedKey): number {
  if (lastUsedAt !== null) return Date.parse(lastUsedAt);
  return revokedAt === null ? Infinity : Date.parse(revokedAt) + STILL_TAKEN_MS;
}
