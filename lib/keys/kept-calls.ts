import 'server-only';
import type { Key } from '#lib/omni/schemas/keys.ts';

/** Whether the record of a key's calls was copied out of Omni to its end. `unknown`: this console cannot tell. */
export type KeptCalls = 'kept' | 'not_kept' | 'nothing_to_keep' | 'unknown';

/** Whether a key's calls are kept. A key that was never used has none. */
export async function keptCalls(_server: string, { usageCount, lastUsedAt }: Key): Promise<KeptCalls> {
  return usageCount === 0 && lastUsedAt === null ? 'nothing_to_keep' : 'unknown';
}
