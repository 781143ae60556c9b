import { createHash } from 'node:crypto';
import type { Clock } from '../../world/clock.ts';
import type { SandboxStore } from '../../world/database.ts';

/** The columns of a key that the middlewares read. */
export type CachedKey = {
  id: string;
  name: string;
  scopes: readonly string[];
  instanceIds: readonly string[] | null;
  profile: string | null;
  instanceAllowlist: readonly string[];
  chatAllowlist: readonly string[];
  outboundRecipientAllowlist: readonly string[];
  expiresAt: number | null;
};

export type KeyCache = {
  /** The key of a secret, if it may be used now. */
  validate(secret: string): CachedKey | undefined;
  forget(keyId: string): void;
  clear(): void;
};

const TIME_TO_LIVE = 60_000;

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/**
 * Validated keys are remembered for 60 s. A change through this process forgets them at once; a change made elsewhere
 * is seen when the entry ends; expiry is looked at every time (contract §1.9, behaviour H24, H34, H46, H47).
 */
export function createKeyCache(store: SandboxStore, clock: Clock): KeyCache {
  const entries = new Map<string, { key: CachedKey; until: number }>();

  function read(hash: string): CachedKey | undefined {
    const row = store.get<Record<string, string | number | null>>(
      `SELECT id, name, scopes, instance_ids, profile, instance_allowlist, chat_allowlist, outbound_recipient_allowlist,
        expires_at FROM api_keys WHERE key_hash = ? AND status = 'active'`,
      hash,
    );
    if (!row) return undefined;
    const list = (value: string | number | null | undefined) => JSON.parse(String(value ?? '[]')) as string[];
    return {
      id: String(row.id),
      name: String(row.name),
      scopes: list(row.scopes),
      instanceIds: row.instance_ids === null ? null : list(row.instance_ids),
      profile: row.profile === null ? null : String(row.profile),
      instanceAllowlist: list(row.instance_allowlist),
      chatAllowlist: list(row.chat_allowlist),
      outboundRecipientAllowlist: list(row.outbound_recipient_allowlist),
      expiresAt: row.expires_at === null ? null : Number(row.expires_at),
    };
  }

  return {
    validate(secret) {
      if (!secret.startsWith('omni_sk_')) return undefined;
      const hash = hashOf(secret);
      const now = clock.now();
      const known = entries.get(hash);
      const key = known && known.until > now ? known.key : read(hash);
      if (!key) {
        entries.delete(hash);
        return undefined;
      }
      if (!known || known.until <= now) entries.set(hash, { key, until: now + TIME_TO_LIVE });
      return key.expiresAt !== null && key.expiresAt <= now * 1000 ? undefined : key;
    },
    forget(keyId) {
      for (const [hash, { key }] of entries) if (key.id === keyId) entries.delete(hash);
    },
    clear: () => entries.clear(),
  };
}
