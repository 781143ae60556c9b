import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { judgeKeyChange } from '#lib/omni/permits/key-guard.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { SeenKey } from '#lib/omni/resources/own-key.ts';
import { keptCalls } from '#lib/keys/requests/kept-calls.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { capabilityOf, type BarredDeed, type KeyCapability } from './capability.ts';

/**
 * What can be done with a key that was read; the keys that could manage keys in its place are read where it matters. Where they
 * can't be read, it can't be ended: the door would refuse that too. Whether a revoked key's requests are kept is read too; where the
 * store is away, the operation reads it again. By Omni's clock. Scope `keys:read`.
 */
export async function readCapability(
  omni: Omni,
  seen: SeenKey,
  scopes: readonly string[] | null,
): Promise<KeyCapability> {
  const [judged, now, kept] = await Promise.all([
    allows(scopes, 'keys:write') === 'no' ? null : judgeKeyChange(omni, seen, { is: 'revoke' }),
    omniNow(omni),
    seen.key.status === 'revoked' ? storeAnswer(keptCalls(omni.server.id, seen.key)) : null,
  ]);
  const calls = kept?.ok ? kept.value : undefined;
  const capability = capabilityOf(seen, { scopes, now, calls, ending: judged?.ok ? judged.value : null });
  if (judged === null || judged.ok) return capability;
  const unread: BarredDeed = { why: { key: 'keys.others-not-read' }, instead: null };
  return { ...capability, revoke: capability.revoke ?? unread };
}
