import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seenOf, type Seen } from '#lib/omni/seen.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { thing } from '#lib/operations/effects/value.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { useOfKey, type KeyUse } from '#lib/keys/requests/callers.ts';
import { quietFor } from '#lib/keys/rotate/rotation-state.ts';
import { DAY_MS } from '#lib/keys/list/status.ts';
import { meansAtOnce } from './expiry-ahead.ts';

/** Who used a key in the day before a moment (milliseconds, by Omni's clock). Scope `keys:read`. */
export async function readUse(omni: Omni, keyId: string, now: number): Promise<Seen<KeyUse>> {
  return seenOf(await useOfKey(omni, keyId, { now, since: now - DAY_MS, pages: 10 }));
}

/** Whether a key would expire before it does now. */
export function expiresSooner(expiresAt: string | null | undefined, key: Pick<Key, 'expiresAt'>): expiresAt is string {
  if (!expiresAt) return false;
  return key.expiresAt === null || Date.parse(expiresAt) < Date.parse(key.expiresAt);
}

/**
 * What an expiry does to the integrations of a key that would live longer. At once it cuts them off, which has the key's name typed, as
 * revoking does. `now`: milliseconds, by Omni's clock.
 */
export function cutOffBy(
  expiresAt: string | null,
  key: Key,
  use: Seen<KeyUse>,
  now: number,
): { effects: Effect[]; notes: Text[] } {
  if (!expiresSooner(expiresAt, key)) return { effects: [], notes: [] };
  const of = thing('key', key.id, key.name);
  const used = mayBeUsed(use, now);
  const atOnce = meansAtOnce(expiresAt, now);
  const integrations = use.is === 'value' ? use.value.integrations : [];
  const [first] = integrations;
  return {
    effects: [
      ...(atOnce && used ? [happens('key-cut-off', { of, kept: 'no', back: 'yes' })] : []),
      ...(use.is !== 'value' ? [happens('key-integrations', { of, kept: 'unknown', back: 'yes' })] : []),
    ],
    notes: [
      ...(atOnce && !used ? [{ key: 'expiry.at-once', values: { name: key.name } }] : []),
      ...(used && first
        ? [{ key: 'expiry.integrations', values: { count: integrations.length, ip: first.ip ?? '—' } }]
        : []),
    ],
  };
}

/** Whether something but the reader's own session may have used a key in the last day. */
function mayBeUsed(use: Seen<KeyUse>, now: number): boolean {
  return use.is !== 'value' || quietFor(use.value, DAY_MS / 60_000, now).quiet !== true;
}
