import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKeys, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { KEYS_LIMIT, type Key } from '#lib/omni/schemas/keys.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { scopesBeyond } from '#lib/scopes/table.ts';

/**
 * What the session's key can grant: no more than it has (contract §5.3). `null` scopes and `unknown` instances are left to
 * Omni, which checks again in any case. An empty list of instances is none.
 */
export type Ceiling = { scopes: readonly string[] | null; instances: string[] | null | 'unknown'; locked: boolean };

type KeyReach = Pick<Key, 'scopes' | 'instanceIds' | 'instanceAllowlist'>;

/** The caller's ceiling, and the listed keys, as far as this key can read them. `all`: no key is missing from the list. */
export async function readCeiling(
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<{ ceiling: Ceiling; listed: SeenKey[] | null; all: boolean }> {
  const unknown = { ceiling: { scopes, instances: 'unknown', locked: false } as const, listed: null, all: false };
  if (allows(scopes, 'keys:read') === 'no') return unknown;
  const answer = await seeKeys(omni, { status: 'active' });
  if (!answer.ok) return unknown;
  const own = answer.value.find((seen) => seen.own)?.key;
  const all = answer.value.length < KEYS_LIMIT;
  if (!own) return { ...unknown, listed: answer.value, all };
  return { ceiling: ceilingOf(own), listed: answer.value, all };
}

/** What a key can grant. */
export function ceilingOf(own: Key): Ceiling {
  const locked = own.instanceAllowlist.length > 0;
  return { scopes: own.scopes, instances: locked ? own.instanceAllowlist : own.instanceIds, locked };
}

/** Why a wanted key exceeds the ceiling, or nothing. */
export function exceeds(ceiling: Ceiling, wanted: KeyReach): Text | undefined {
  const scopes = scopesBeyond(wanted.scopes, ceiling.scopes);
  if (scopes.length > 0) return { key: 'keys.beyond-scopes', values: { scopes: scopes.join(', ') } };
  if (ceiling.instances === 'unknown' || ceiling.instances === null) return undefined;
  const held = ceiling.instances;
  const asked = ceiling.locked && wanted.instanceAllowlist.length > 0 ? wanted.instanceAllowlist : wanted.instanceIds;
  return asked === null || asked.some((id) => !held.includes(id)) ? { key: 'keys.beyond-instances' } : undefined;
}
