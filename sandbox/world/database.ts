import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export type SqlRow = Record<string, SQLOutputValue>;

/** SQLite with its statements kept. All of it is synchronous; a handler that awaits between two calls lets others in. */
export type SandboxStore = {
  db: DatabaseSync;
  all<T = SqlRow>(sql: string, ...parameters: SQLInputValue[]): T[];
  get<T = SqlRow>(sql: string, ...parameters: SQLInputValue[]): T | undefined;
  run(sql: string, ...parameters: SQLInputValue[]): number;
  /** Runs `work` in a transaction; nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  close(): void;
};

/** Opens a database in memory, or the kept file with a WAL and without fsync: it holds nothing worth a disk's patience. */
export function openStore(file?: string): SandboxStore {
  const db = new DatabaseSync(file ?? ':memory:');
  db.exec(`PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; PRAGMA journal_mode = ${file ? 'WAL' : 'MEMORY'};
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;`);
  // SQLite folds ASCII only; ILIKE folds É to é too and leaves accents alone (behaviour B8.3).
  db.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
  const statements = new Map<string, StatementSync>();
  let depth = 0;

  function statement(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
    const prepared = db.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  }

  return {
    db,
    all: <T>(sql: string, ...parameters: SQLInputValue[]) => statement(sql).all(...parameters) as T[],
    get: <T>(sql: string, ...parameters: SQLInputValue[]) => statement(sql).get(...parameters) as T,
    run: (sql, ...parameters) => Number(statement(sql).run(...parameters).changes),
    transaction: (work) => {
      if (depth > 0) return work();
      depth += 1;
      db.exec('BEGIN');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => db.close(),
  };
}
