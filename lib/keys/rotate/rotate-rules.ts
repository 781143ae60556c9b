import { PRIMARY } from '#lib/omni/permits/key-rules.ts';
import type { Key, KeyBody } from '#lib/omni/schemas/keys.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** How long the old key stays valid after the new one is stored. `own`: until its own expiry. */
export const OVERLAPS = { now: 0, '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
export type Overlap = keyof typeof OVERLAPS | 'own';

/** Whether a text names an overlap. */
export function isOverlap(text: string): text is Overlap {
  return text === 'own' || text in OVERLAPS;
}

/**
 * When the old key expires: after the overlap, or at its own expiry if that is sooner; null when it never expires and `own` was
 * chosen. Times in milliseconds, by Omni's clock.
 */
export function expiryAfterOverlap(overlap: Overlap, now: number, own: number | null): number | null {
  if (overlap === 'own') return own;
  const expiresAt = now + OVERLAPS[overlap];
  return own === null ? expiresAt : Math.min(own, expiresAt);
}

/**
 * Why a key can't be rotated here, or null. `scopes` are the session's, null where they are unknown: then Omni decides, and
 * refuses a key broader than the session's before anything is created (contract §5.3). `now` in milliseconds, by Omni's clock.
 */
export function whyNotRotated(key: Key, scopes: readonly string[] | null, now: number): Text | null {
  const values = { name: key.name };
  if (key.name === PRIMARY) return { key: 'rotate.refused-primary', values };
  if (key.name.startsWith('agent:')) return { key: 'rotate.refused-agent', values };
  if (key.profile === 'admin') return { key: 'rotate.refused-admin', values };
  if (key.status !== 'active') return { key: 'rotate.refused-revoked', values };
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now) return { key: 'rotate.refused-expired', values };
  const locks = [key.instanceAllowlist, key.chatAllowlist, key.outboundRecipientAllowlist];
  if (key.profile === null && locks.some(({ length }) => length > 0)) return { key: 'rotate.refused-locks', values };
  const lacking = key.scopes.filter((scope) => allows(scopes, scope) === 'no');
  if (lacking.length > 0) return { key: 'rotate.refused-broader', values: { ...values, scopes: lacking.join(', ') } };
  return null;
}

/** The body that creates the new key of a rotation: everything that limits the old one, under the same name (contract §5.1). */
export function bodyLike(key: Key, more: { description: string; expiresAt: string | null }): KeyBody {
  const { name, profile, profileOverrides, instanceIds, rateLimit } = key;
  const overrides =
    profileOverrides && Object.keys(profileOverrides).length > 0 ? withoutNulls(profileOverrides) : null;
  return {
    name,
    description: more.description,
    ...(profile === null
      ? { scopes: key.scopes }
      : {
          profile,
          ...(overrides ? { overrides } : {}),
          ...(key.instanceAllowlist.length > 0 ? { instanceAllowlist: key.instanceAllowlist } : {}),
          ...(key.chatAllowlist.length > 0 ? { chatAllowlist: key.chatAllowlist } : {}),
          ...(key.outboundRecipientAllowlist.length > 0
            ? { outboundRecipientAllowlist: key.outboundRecipientAllowlist }
            : {}),
        }),
    ...(instanceIds === null ? {} : { instanceIds }),
    ...(rateLimit === null ? {} : { rateLimit }),
    ...(more.expiresAt === null ? {} : { expiresAt: more.expiresAt }),
  };
}

function withoutNulls(overrides: NonNullable<Key['profileOverrides']>): NonNullable<KeyBody['overrides']> {
  return Object.fromEntries(
    Object.entries(overrides).filter(([, value]) => value !== null && value !== undefined),
  ) as NonNullable<KeyBody['overrides']>;
}

/** Whether two keys have the same name, scopes, limits, profile and allowlists. */
export function alike(one: Key, other: Key): boolean {
  return JSON.stringify(grants(one)) === JSON.stringify(grants(other));
}

function grants(key: Key) {
  const sorted = (list: readonly string[]) => list.toSorted();
  return [
    key.name,
    sorted(key.scopes),
    key.profile,
    key.rateLimit,
    key.instanceIds && sorted(key.instanceIds),
    sorted(key.instanceAllowlist),
    sorted(key.chatAllowlist),
    sorted(key.outboundRecipientAllowlist),
  ];
}

const LINK = /\s*\[(?:replaces|replaced by) [^\]]*\]|\s*\[console [^\]]*\]/g;

/** A description without what rotations wrote into it. */
export function plainDescription(description: string | null): string {
  return (description ?? '').replaceAll(LINK, '').trim();
}

/** The new key's description: the old one's, the key it replaces, and the mark by which it is found. */
export function newDescription(old: Key, mark: string): string {
  return `${plainDescription(old.description)} [replaces ${old.keyPrefix}… ${old.id}] ${mark}`.trim();
}

/** A description that no longer says that another key replaces this one; null when nothing is left. */
export function unlinkedDescription(description: string | null): string | null {
  return (description ?? '').replaceAll(/\s*\[replaced by [^\]]*\]/g, '').trim() || null;
}

/** The old key's description: its own, and the key that replaces it. */
export function oldDescription(old: Pick<Key, 'description'>, by: { id: string; prefix: string }): string {
  return `${unlinkedDescription(old.description) ?? ''} [replaced by ${by.prefix}… ${by.id}]`.trim();
}

/** Whether a key's description says that another replaces it. */
export function isReplacedBy(key: Pick<Key, 'description'>, newKeyId: string): boolean {
  return new RegExp(`\\[replaced by [^\\]]*${newKeyId}\\]`, 'i').test(key.description ?? '');
}

/**
 * The default expiry of the new key (ISO): the old one's whole lifetime, from now on, a day at least; null when the old one never
 * expires. `now` in milliseconds.
 */
export function sameLifetime(key: Key, now: number): string | null {
  if (key.expiresAt === null) return null;
  const lifetime = Date.parse(key.expiresAt) - Date.parse(key.createdAt);
  return new Date(now + Math.max(lifetime, 86_400_000)).toISOString();
}
