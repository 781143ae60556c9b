import 'server-only';
import type { Store } from '#lib/store/database.ts';
import { keyedHash, keyedHashes, newestKeyId } from '#lib/store/seal.ts';

const PURPOSE = 'operations/contact';
const LAST_DIGITS = 8;

/**
 * A phone or an e-mail as entries are found by it, or null for what is neither. E-mails in small letters; of a phone the
 * last eight digits, so that neither the country code nor Brazil's ninth digit matters (a stranger's may be found, too).
 */
export function contactOf(text: string): string | null {
  const trimmed = text.trim();
  if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(trimmed) && !/^\d+@/.test(trimmed)) return trimmed.toLowerCase();
  const digits = trimmed.replace(/@.*$/, '').replaceAll(/\D/g, '');
  return digits.length >= LAST_DIGITS && digits.length <= 20 ? digits.slice(-LAST_DIGITS) : null;
}

/** The contacts of some texts, each once; what is neither phone nor e-mail falls away. */
export function contactsOf(texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => (text ? (contactOf(text) ?? []) : [])))];
}

/** What the store holds for a contact: it can be searched for, not read. */
export function contactHash(contact: string): string {
  return keyedHash(PURPOSE, contact);
}

/** Every hash a contact may stand under while `STORE_KEYS` holds older keys. */
export function contactHashes(contact: string): [string, ...string[]] {
  return keyedHashes(PURPOSE, contact);
}

/** Up to `limit` entries whose contacts are hashed with an older key. */
export async function entriesWithOldHashes(db: Store, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('operation_finds')
    .select('entry_id')
    .distinct()
    .where('hash', 'not like', `${newestKeyId()}.%`)
    .limit(limit)
    .execute();
  return rows.map(({ entry_id }) => entry_id);
}
