import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seenOf, type Seen } from '#lib/omni/seen.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { useOfKey, type KeyUse } from './callers.ts';

/** What of the log is read: a hundred requests, up to three hundred where all of them are the reader's own; or a thousand. */
const READ = { hundred: { pages: 3 }, thousand: { pages: 10, on: true } } as const;

/** What uses a key, by its newest requests; a thousand are what its plot is made from. Scope `keys:read`. */
export async function newestUse(
  omni: Omni,
  keyId: string,
  most: keyof typeof READ = 'hundred',
): Promise<{ use: Seen<KeyUse>; now: number }> {
  const now = await omniNow(omni);
  return { use: seenOf(await useOfKey(omni, keyId, { now, since: -Infinity, ...READ[most] })), now };
}
