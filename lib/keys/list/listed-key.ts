import type { SeenKey } from '#lib/omni/resources/own-key.ts';
import { descriptionOf } from '#lib/keys/form/mark.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { visibleName } from '#lib/text/visible.ts';
import { reachesFar } from '#lib/scopes/words.ts';
import { DAY_MS, IDLE_DAYS, lastUseOf, statusOf, type KeyStatus, type LastUse } from './status.ts';

/**
 * Kinds of keys that limit what can be done with them: `own` is this session's, `agent` one that Omni
 * creates and changes for an agent (contract §6).
 */
export type KeyKind = 'own' | 'agent';

/** What makes a key that works worth a look: it reaches everything, or other keys; it never expires; nobody has used it for 90 days. */
export const KEY_RISKS = ['full', 'manages-keys', 'never-expires', 'idle'] as const;
export type KeyRisk = (typeof KEY_RISKS)[number];

/** A key as the list shows it. `instances` are ids; null means all of them (contract §1.4). Times are ISO in UTC. */
export type ListedKey = {
  id: string;
  name: string;
  description: string | null;
  prefix: string;
  kinds: KeyKind[];
  status: KeyStatus;
  expiresAt: string | null;
  lastUse: LastUse;
  scopes: string[];
  profile: string | null;
  instances: string[] | null;
  createdAt: string;
  createdBy: string | null;
  risks: KeyRisk[];
};

/** A key's name as it is shown: without what draws nothing or turns the writing direction. Its id where nothing is left. */
export function shownKeyName({ id, name }: Pick<Key, 'id' | 'name'>): string {
  return visibleName(name) ?? `${id.slice(0, 8)}…`;
}

/** A key of Omni's as the list shows it. `now` in milliseconds. */
export function listedKey({ key, own }: SeenKey, now: number): ListedKey {
  const kinds: (KeyKind | false)[] = [own && 'own', key.name.startsWith('agent:') && 'agent'];
  return {
    id: key.id,
    name: key.name,
    description: descriptionOf(key),
    prefix: key.keyPrefix,
    kinds: kinds.filter((kind) => kind !== false),
    status: statusOf(key, now),
    expiresAt: key.expiresAt,
    lastUse: lastUseOf(key, now),
    scopes: key.scopes,
    profile: key.profile,
    instances: key.instanceAllowlist.length > 0 ? key.instanceAllowlist : key.instanceIds,
    createdAt: key.createdAt,
    createdBy: key.createdBy,
    risks: risksOf(key, now),
  };
}

function risksOf(key: Key, now: number): KeyRisk[] {
  const status = statusOf(key, now);
  if (status === 'expired' || status === 'revoked') return [];
  const full = key.scopes.includes('*');
  // Without a time of its last use, a key that was used counts as used now.
  const idleSince = key.lastUsedAt ?? (key.usageCount === 0 ? key.createdAt : null);
  const risks: (KeyRisk | false)[] = [
    full && 'full',
    !full && reachesFar(key.scopes) && 'manages-keys',
    key.expiresAt === null && 'never-expires',
    idleSince !== null && now - Date.parse(idleSince) >= IDLE_DAYS * DAY_MS && 'idle',
  ];
  return risks.filter((risk) => risk !== false);
}
