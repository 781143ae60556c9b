import 'server-only';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { storeErrorOf } from './store-error.ts';
import type { StoreFile } from './store-file.ts';

/** What changes nothing, or must be possible whatever became of the file. */
const HARMLESS = /^(select|pragma|commit|rollback)\b/i;

const KEPT_STATEMENTS = 256;
const PATIENCE = 5_000;

type Prepared = { statement: StatementSync; answers: boolean };

/**
 * Kysely's connection over `DatabaseSync`. Nothing is written to a file that is gone (`StoreFile`): it would not be kept. Rows are plain objects: those of `node:sqlite` have no prototype, which breaks as client props.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #file: StoreFile;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync, file: StoreFile) {
    this.#database = database;
    this.#file = file;
  }

  /** Runs statements without parameters. */
  configure(sql: string): Promise<void> {
    return patiently(() => this.#database.exec(sql));
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = query.parameters as SQLInputValue[];
    return patiently(() => {
      if (!HARMLESS.test(query.sql)) this.#file.require();
      const { statement, answers } = this.#prepare(query.sql);
      if (answers) {
        const rows = statement.all(...parameters).map((row) => ({ ...row }));
        return { rows: rows as R[], numAffectedRows: BigInt(rows.length) };
      }
      return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) };
    });
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('The store does not stream: its tables are small.');
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    const prepared = { statement, answers: statement.columns().length > 0 };
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size >= KEPT_STATEMENTS && oldest !== undefined) this.#prepared.delete(oldest);
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

/** Tries again while another process writes. Nothing of a statement answered "busy" was done. */
async function patiently<T>(work: () => T): Promise<T> {
  const giveUp = Date.now() + PATIENCE;
  for (let wait = 5; ; wait = Math.min(wait * 2, 100)) {
    try {
      return work();
    } catch (error) {
      if (storeErrorOf(error)?.kind !== 'busy' || Date.now() > giveUp) throw error;
    }
    await sleep(wait);
  }
}
