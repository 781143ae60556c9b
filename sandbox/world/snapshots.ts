import type { SqlRow, SandboxStore } from './database.ts';
import { TABLE_NAMES } from './schema.ts';

export type TableDiff = { gone: SqlRow[]; added: SqlRow[]; changed: { before: SqlRow; after: SqlRow }[] };

/** Logs and the use of a key move with every call; a diff leaves them out unless it is asked for them. */
const NOISY = new Set(['api_key_audit_logs', 'config_audit_logs']);
const USE = new Set(['usage_count', 'last_used_at', 'last_used_ip', 'updated_at']);

function ensureSchema(store: SandboxStore): void {
  const attached = store.db.prepare('PRAGMA database_list').all();
  if (!attached.some(({ name }) => name === 'snapshots')) store.db.exec("ATTACH ':memory:' AS snapshots");
}

const quoted = (name: string, table: string) => `snapshots."${name.replaceAll('"', '')}__${table}"`;

/** Keeps a copy of every row under a name; an older copy of that name goes. */
export function takeSnapshot(store: SandboxStore, name: string): Record<string, number> {
  ensureSchema(store);
  const counts: Record<string, number> = {};
  for (const table of TABLE_NAMES) {
    store.db.exec(`DROP TABLE IF EXISTS ${quoted(name, table)}`);
    store.db.exec(`CREATE TABLE ${quoted(name, table)} AS SELECT * FROM ${table}`);
    counts[table] = Number(store.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
  }
  return counts;
}

/** What the database really lost, gained and changed since a snapshot, table by table; tables without a difference are absent. */
export function diffSnapshot(store: SandboxStore, name: string, tables?: readonly string[]): Record<string, TableDiff> {
  const wanted = TABLE_NAMES.filter((table) => (tables ? tables.includes(table) : !NOISY.has(table)));
  const diffs = wanted.map((table) => [table, diffTable(store, name, table)] as const);
  return Object.fromEntries(
    diffs.filter(([, { gone, added, changed }]) => gone.length + added.length + changed.length > 0),
  );
}

function diffTable(store: SandboxStore, name: string, table: string): TableDiff {
  const key = table === 'settings' ? 'key' : 'id';
  const old = quoted(name, table);
  const all = (sql: string) => store.db.prepare(sql).all().map(clean);
  const gone = all(`SELECT * FROM ${old} WHERE ${key} NOT IN (SELECT ${key} FROM ${table})`);
  const added = all(`SELECT * FROM ${table} WHERE ${key} NOT IN (SELECT ${key} FROM ${old})`);
  const columns = store.db
    .prepare(`PRAGMA table_info(${table})`)
    .all()
    .map((column) => String(column.name))
    .filter((column) => !(table === 'api_keys' && USE.has(column)));
  const differs = columns.map((column) => `now.${column} IS NOT old.${column}`).join(' OR ');
  const join = `${table} AS now JOIN ${old} AS old ON now.${key} = old.${key} WHERE ${differs} ORDER BY now.${key}`;
  const before = all(`SELECT old.* FROM ${join}`);
  const after = all(`SELECT now.* FROM ${join}`);
  const changed = before.flatMap((row, index) => {
    const next = after[index];
    return next ? [{ before: row, after: next }] : [];
  });
  return { gone, added, changed };
}

/** Without the folded shadows of names, which are the sandbox's own. */
function clean(row: SqlRow): SqlRow {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !column.endsWith('_folded')));
}
