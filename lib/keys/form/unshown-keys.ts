import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { seeKey, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { unconfirmedSecrets, type SecretSent } from '#lib/operations/journal/secrets-sent.ts';
import { statusOf } from '#lib/keys/list/status.ts';
import { seenOf, type Seen } from '#lib/omni/seen.ts';
import type { Store } from '#lib/store/database.ts';

/** More of them are shown when these are dealt with. */
const MOST = 10;

/** A key that works, as far as was seen, and whose text may not have been shown to anybody. `sentAt` in milliseconds. */
export type UnshownKey = { id: string; name: string; entryId: string; sentAt: number; seen: Seen<SeenKey> };

/**
 * Keys of a server that this console created and whose text no page said it shows, newest first, at most 10; of one entry where it is
 * given. Left out are those that Omni says are revoked, expired (by its clock) or deleted; one that could not be read stays. Scope `keys:read`.
 */
export async function unshownKeys(db: Store, omni: Omni, server: string, entryId?: string): Promise<UnshownKey[]> {
  const sent = (await unconfirmedSecrets(db, server, entryId)).filter(({ subject }) => subject.startsWith('key:'));
  if (sent.length === 0) return [];
  const now = await omniNow(omni);
  const open: UnshownKey[] = [];
  // Those that were dealt with are left behind, so that none of the others is missed.
  for (let at = 0; at < sent.length && open.length < MOST; at += MOST) {
    const seen = await Promise.all(sent.slice(at, at + MOST).map((one) => stillWorks(omni, one, now)));
    open.push(...seen.flatMap((one) => one ?? []));
  }
  return open.slice(0, MOST);
}

async function stillWorks(
  omni: Omni,
  { subject, label, entryId, sentAt }: SecretSent,
  now: number,
): Promise<UnshownKey | null> {
  const id = subject.slice('key:'.length);
  const seen = await seeKey(omni, id);
  if (!seen.ok && seen.error.kind === 'not_found') return null;
  if (seen.ok && ['revoked', 'expired'].includes(statusOf(seen.value.key, now))) return null;
  return { id, name: seen.ok ? seen.value.key.name : label, entryId, sentAt, seen: seenOf(seen) };
}
