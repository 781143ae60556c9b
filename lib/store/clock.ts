import 'server-only';
import { sql, type Kysely } from 'kysely';
import { storeFileOf } from './store-file.ts';
import type { Tables } from './tables.ts';

/**
 * The time by the clock that all processes of a store share, in milliseconds since 1970: PostgreSQL's own, or, where the
 * store is a file, this machine's. Whatever one process writes and another compares is told by it.
 */
export async function storeNow(db: Kysely<Tables>): Promise<number> {
  if (storeFileOf(db)) return Date.now();
  const { rows } = await sql<{
    now: number;
  }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the store told no time');
  return row.now;
}
