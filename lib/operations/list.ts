import 'server-only';
import { allows } from '#lib/session/scopes.ts';
import type { Store } from '#lib/store/database.ts';
import { readEntry } from './journal.ts';
import type { Entry } from './entry.ts';

export type Reader = { server: string; actor: string; scopes: readonly string[] | null };

/** What a list of Activity can be narrowed to. Times are milliseconds; `before` continues a list after that entry. */
export type Filter = {
  operation?: string;
  subject?: string;
  status?: string;
  mine?: boolean;
  since?: number;
  until?: number;
  before?: { at: number; id: string };
};

/** A key that can write keys sees everything done on its server; another key sees what it did itself. */
export function mayRead(entry: Pick<Entry, 'server' | 'actor'>, reader: Reader): boolean {
  if (entry.server !== reader.server) return false;
  return entry.actor === reader.actor || seesAll(reader);
}

/** Whether a reader sees what others did, too. */
export function seesAll(reader: Reader): boolean {
  return allows(reader.scopes, 'keys:write') === 'yes';
}

/** Entries, newest first, at most `limit`. Previews that were never run (stale, refused) are left out. */
export async function listEntries(db: Store, reader: Reader, filter: Filter, limit: number): Promise<Entry[]> {
  const all = seesAll(reader) && !filter.mine;
  let query = db
    .selectFrom('operations')
    .select(['operations.id'])
    .where('operations.server', '=', reader.server)
    .where('operations.status', '!=', 'stale');
  if (!all) query = query.where('operations.actor', '=', reader.actor);
  if (filter.operation) query = query.where('operations.operation', '=', filter.operation);
  if (filter.status === 'interrupted') {
    query = query.where((eb) =>
      eb.or([
        eb('operations.status', '=', 'interrupted'),
        eb.and([eb('operations.status', 'in', ['running', 'checking']), eb('operations.lease_until', '<', Date.now())]),
      ]),
    );
  } else if (filter.status) query = query.where('operations.status', '=', filter.status);
  if (filter.since !== undefined) query = query.where('operations.created_at', '>=', filter.since);
  if (filter.until !== undefined) query = query.where('operations.created_at', '<=', filter.until);
  if (filter.subject) {
    const subject = filter.subject;
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('operation_subjects')
          .select('subject')
          .whereRef('operation_subjects.entry_id', '=', 'operations.id')
          .where('operation_subjects.subject', 'like', `%:${subject}`),
      ),
    );
  }
  const { before } = filter;
  if (before) {
    query = query.where((eb) =>
      eb.or([
        eb('operations.created_at', '<', before.at),
        eb.and([eb('operations.created_at', '=', before.at), eb('operations.id', '<', before.id)]),
      ]),
    );
  }
  const rows = await query
    .orderBy('operations.created_at', 'desc')
    .orderBy('operations.id', 'desc')
    .limit(limit)
    .execute();
  const entries = await Promise.all(rows.map(({ id }) => readEntry(db, id)));
  return entries.filter((entry) => entry !== null);
}
