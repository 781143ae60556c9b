import 'server-only';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
} from 'kysely';
import { SqliteConnection } from './sqlite-connection.ts';
import { StoreFile, StoreFileAdapter } from './store-file.ts';
import { Turns } from './turns.ts';

/** Short, because it stops the whole process; `SqliteConnection` waits on without that. */
const BUSY_TIMEOUT = 50;

/** Deleted personal data is overwritten; every commit reaches the disk, since the journal's intents must survive a power cut. */
const SETTINGS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;`;

/** SQLite in one file (or `:memory:`) for Kysely, through Node's own `node:sqlite`. Opening may throw what `storeErrorOf` reads. */
export function sqliteDialect(file: string): Dialect {
  const kept = new StoreFile(file);
  return {
    createDriver: () => new SqliteDriver(file, kept),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new StoreFileAdapter(kept),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** One connection, one user at a time: no other code may get into a transaction while its own code awaits. */
class SqliteDriver implements Driver {
  readonly #file: string;
  readonly #kept: StoreFile;
  readonly #turns = new Turns();
  readonly #releases = new WeakMap<DatabaseConnection, () => void>();
  #database: DatabaseSync | undefined;
  #connection: SqliteConnection | undefined;

  constructor(file: string, kept: StoreFile) {
    this.#file = file;
    this.#kept = kept;
  }

  async init(): Promise<void> {
    const kept = this.#file !== ':memory:';
    if (kept) mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(this.#file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true });
    try {
      if (kept) chmodSync(this.#file, 0o600);
      const connection = new SqliteConnection(database, this.#kept);
      await connection.configure(SETTINGS);
      this.#kept.recordOpened();
      this.#database = database;
      this.#connection = connection;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const release = await this.#turns.take();
    const connection = this.#connection;
    if (!connection) {
      release();
      throw new Error('The store is closed.');
    }
    this.#releases.set(connection, release);
    return connection;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#releases.get(connection)?.();
  }

  /** `immediate` takes the write lock now: a transaction that reads first could not get it later. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** Some failures (a full disk) have rolled back already. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database?.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    const release = await this.#turns.take();
    this.#connection = undefined;
    this.#database?.close();
    this.#database = undefined;
    release();
  }
}
