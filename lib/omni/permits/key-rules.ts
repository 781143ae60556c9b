import { allows } from '#lib/scopes/scopes.ts';
import { visibleName } from '#lib/text/visible.ts';
import type { SeenKey } from '#lib/omni/resources/own-key.ts';
import type { Key, KeyPatch } from '#lib/omni/schemas/keys.ts';

/** The key Omni makes at its first start; no other may have its name (contract §4, §10.10). */
export const PRIMARY = '__primary__';

/** A writer of keys that ends within this many milliseconds does not count as one that is left. */
export const LASTING_MS = 86_400_000;

/**
 * What is about to happen to a key. `besides`: one more key that may count as a writer of keys; with more than a hundred keys
 * Omni does not list the newest (contract §1.6), and the one that replaces this one is the newest.
 */
export type KeyChange = ({ is: 'revoke' } | { is: 'delete' } | { is: 'patch'; patch: KeyPatch }) & {
  besides?: string | undefined;
};

/**
 * Why a key is left as it is. `last_key_writer_unseen`: no other is among those Omni lists, and it does not list all; then the
 * answer is no, since a wrong yes can't be undone.
 */
export type KeyRefusal = 'own_key' | 'primary_key' | 'last_key_writer' | 'last_key_writer_unseen';

/** Whether a name would make a key look like, or be, the primary one. */
export function isReservedName(name: unknown): boolean {
  return typeof name === 'string' && visibleName(name)?.normalize('NFKC').toLowerCase() === PRIMARY;
}

/** Whether a key works now: Omni leaves an expired one `active` (contract §5). Times are milliseconds. */
export function works({ status, expiresAt }: Pick<Key, 'status' | 'expiresAt'>, now: number): boolean {
  return status === 'active' && (expiresAt === null || Date.parse(expiresAt) > now);
}

/** Whether a key can make and end keys, and still can tomorrow. One that is locked to targets cannot (contract §1.4). */
export function writesKeys(key: Key, now: number): boolean {
  const locked = [key.instanceAllowlist, key.chatAllowlist, key.outboundRecipientAllowlist].some(
    ({ length }) => length,
  );
  return works(key, now + LASTING_MS) && !locked && allows(key.scopes, 'keys:write') === 'yes';
}

/** Whether a change takes anything from a key: the key itself, a scope, an instance, time. */
export function takesAway(key: Key, change: KeyChange): boolean {
  if (change.is !== 'patch') return true;
  const { scopes, instanceIds, expiresAt } = change.patch;
  const fewerScopes = scopes?.length ? key.scopes.some((held) => allows(scopes, held) !== 'yes') : false;
  const fewerInstances =
    Array.isArray(instanceIds) &&
    (key.instanceIds ?? [null]).some((held) => held === null || !instanceIds.includes(held));
  const sooner =
    Boolean(expiresAt) && (key.expiresAt === null || Date.parse(expiresAt ?? '') < Date.parse(key.expiresAt));
  return fewerScopes || fewerInstances || sooner;
}

/** The row as a patch would leave it. */
export function patched(key: Key, patch: KeyPatch): Key {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...key, ...given };
}

/** Whether a change would leave one writer of keys less, so that the others must be read. */
export function endsWriter(key: Key, change: KeyChange, now: number): boolean {
  const after = change.is === 'patch' && writesKeys(patched(key, change.patch), now);
  return writesKeys(key, now) && !after;
}

/** Why a change of a key is not made, or nothing. `all`: `others` are all keys there are. */
export function refusalOf(
  { key, own }: SeenKey,
  change: KeyChange,
  others: { keys: readonly SeenKey[]; all: boolean },
  now: number,
): KeyRefusal | null {
  if (!takesAway(key, change)) return null;
  if (own) return 'own_key';
  if (key.name === PRIMARY) return 'primary_key';
  if (!endsWriter(key, change, now)) return null;
  if (others.keys.some((other) => other.key.id !== key.id && writesKeys(other.key, now))) return null;
  return others.all ? 'last_key_writer' : 'last_key_writer_unseen';
}
