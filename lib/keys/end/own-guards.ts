import 'server-only';
import { guardKey } from '#lib/omni/permits/key-guard.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { problemOf } from '#lib/omni/problem-code.ts';

/** Why a key can't be revoked, as a sentence of `problems`, or null. A key that couldn't be read is a reason too. */
export async function whyNotRevoked(
  omni: Omni,
  id: string,
): Promise<{ code: string; values: Record<string, string | number> } | null> {
  const refused = await guardKey(omni, id, { is: 'revoke' });
  return refused ? problemOf(refused) : null;
}
