import 'server-only';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';

/** How long a page may take to say that it shows what it was sent, in milliseconds. */
export const SHOWN_WITHIN_MS = 60_000;

/**
 * Whether a text that is shown once reached its page. `awaited`: it left less than a minute ago. `unconfirmed`: no page said that it
 * shows it, and none will. `unrecorded`: it never left, or before the console recorded that.
 */
export type Delivery = 'shown' | 'awaited' | 'unconfirmed' | 'unrecorded';

/** A text that may not have been shown: what it belongs to, its name, and the entry that made it. */
export type SecretSent = { entryId: string; subject: string; label: string; sentAt: number };

/** Records that the text of `subject` (`key:<id>`) is about to leave for its page. */
export async function recordSent(
  db: Store,
  { entryId, server, subject, label }: Omit<SecretSent, 'sentAt'> & { server: string },
): Promise<void> {
  await db
    .insertInto('secrets_sent')
    .values({ entry_id: entryId, server, subject, label, sent_at: await storeNow(db), shown_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Records that a page shows the text of `subject`; the first time counts. Only for who made it, under any of their `actors`. */
export async function recordShown(
  db: Store,
  server: string,
  actors: readonly string[],
  subject: string,
): Promise<void> {
  await db
    .updateTable('secrets_sent')
    .set({ shown_at: await storeNow(db) })
    .where('server', '=', server)
    .where('subject', '=', subject)
    .where('shown_at', 'is', null)
    .where('entry_id', 'in', (query) =>
      query
        .selectFrom('operations')
        .select('id')
        .where('actor', 'in', [...actors]),
    )
    .execute();
}

/** Whether the text of `subject` reached its page. */
export async function deliveryOf(db: Store, server: string, subject: string): Promise<Delivery> {
  const row = await db
    .selectFrom('secrets_sent')
    .select(['sent_at', 'shown_at'])
    .where('server', '=', server)
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (!row) return 'unrecorded';
  if (row.shown_at !== null) return 'shown';
  return (await storeNow(db)) - row.sent_at < SHOWN_WITHIN_MS ? 'awaited' : 'unconfirmed';
}

/** What may not have been shown, newest first: of a whole server, or of one entry. */
export async function unconfirmedSecrets(db: Store, server: string, entryId?: string): Promise<SecretSent[]> {
  let query = db
    .selectFrom('secrets_sent')
    .selectAll()
    .where('server', '=', server)
    .where('shown_at', 'is', null)
    .where('sent_at', '<=', (await storeNow(db)) - SHOWN_WITHIN_MS);
  if (entryId !== undefined) query = query.where('entry_id', '=', entryId);
  const rows = await query.orderBy('sent_at', 'desc').execute();
  return rows.map((row) => ({ entryId: row.entry_id, subject: row.subject, label: row.label, sentAt: row.sent_at }));
}
