import 'server-only';
import { PostgresDialect, type Dialect } from 'kysely';

const INT8 = 20;

/** Milliseconds. A statement ends in the database before the driver gives up on it. */
const TIMEOUTS = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
  lock_timeout: 10_000,
  query_timeout: 20_000,
  idle_in_transaction_session_timeout: 30_000,
  idleTimeoutMillis: 30_000,
};

/** PostgreSQL for Kysely. `pg` is loaded here and nowhere else; whole numbers of eight bytes arrive as numbers. */
export async function postgresDialect(url: string): Promise<Dialect> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    keepAlive: true,
    application_name: 'omni-console',
    ...TIMEOUTS,
    types: { getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)) },
  });
  // A connection that dies, idle or in use, would end the process without a listener. Whoever uses it gets the error too.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}
