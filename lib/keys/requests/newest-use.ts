import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seenOf, type Seen } from '#lib/omni/seen.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { useOfKey, type KeyUse } from './callers.ts';

/** What uses a key, by its newest hundred requests; up to three hundred where all of them are the reader's own. Scope `keys:read`. */
export async function newestUse(omni: Omni, keyId: string): Promise<{ use: Seen<KeyUse>; now: number }> {
  const now = await omniNow(omni);
  return { use: seenOf(await useOfKey(omni, keyId, { now, since: -Infinity, pages: 3 })), now };
}
