import 'server-only';
import { sql } from 'kysely';
import { storeSealer, type Sealer } from './seal.ts';
import type { Store } from './database.ts';
import type { Tables } from './tables.ts';

const BATCH = 100;

/** A sealed column, the columns that name its row, and the context that its text is sealed with. */
type SealedColumn = {
  [T in keyof Tables]: {
    table: T;
    key: readonly (keyof Tables[T] & string)[];
    column: keyof Tables[T] & string;
    context: (key: readonly (string | number)[]) => string;
  };
}[keyof Tables];

/** Every sealed column of the store. A new one is added here, or a rotation of `STORE_KEYS` loses it. */
const COLUMNS: readonly SealedColumn[] = [
  { table: 'operations', key: ['id'], column: 'body', context: ([id]) => `operations/body/${id}` },
  {
    table: 'operation_steps',
    key: ['entry_id', 'position'],
    column: 'outcome',
    context: ([id, position]) => `operations/outcome-${position}/${id}`,
  },
  { table: 'rotations', key: ['id'], column: 'who', context: ([id]) => `rotations/who/${id}` },
  { table: 'audit_exports', key: ['id'], column: 'body', context: ([id]) => `audit_exports/body/${id}` },
  {
    table: 'audit_export_parts',
    key: ['export_id', 'number'],
    column: 'body',
    context: ([id, number]) => `audit_export_parts/body-${number}/${id}`,
  },
  { table: 'sessions', key: ['id'], column: 'your_name', context: ([id]) => `sessions/your_name/${id}` },
  {
    table: 'person_decisions',
    key: ['server', 'one', 'other'],
    column: 'who',
    context: ([server, one, other]) => `person_decisions/who/${server}/${one}/${other}`,
  },
  { table: 'route_probes', key: ['id'], column: 'title', context: ([id]) => `route_probes/title/${id}` },
];

type SealedRow = { key: (string | number)[]; context: string; text: string };

/** Rows of a column whose text matches none of the patterns `not`. */
async function find(
  db: Store,
  { table, key, column, context }: SealedColumn,
  not: readonly string[],
  limit: number,
): Promise<SealedRow[]> {
  const text = sql.ref(column);
  const others = sql.join([sql`${text} is not null`, ...not.map((one) => sql`${text} not like ${one}`)], sql` and `);
  const names = sql.join([column, ...key].map((name) => sql.ref(name)));
  const { rows } = await sql<Record<string, string | number>>`
    select ${names} from ${sql.table(table)} where ${others} limit ${limit}`.execute(db);
  return rows.map((row) => {
    const named = key.map((name) => row[name] ?? '');
    return { key: named, context: context(named), text: String(row[column]) };
  });
}

/** Replaces a text that nobody changed meanwhile; whether it did. */
async function put(db: Store, { table, key, column }: SealedColumn, row: SealedRow, sealed: string): Promise<boolean> {
  const same = sql.join(
    [sql`${sql.ref(column)} = ${row.text}`, ...key.map((name, at) => sql`${sql.ref(name)} = ${row.key[at]}`)],
    sql` and `,
  );
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${sealed} where ${same}`.execute(db);
  return numAffectedRows === 1n;
}

/** The id of a key that some row needs and that is not configured, or null. */
export async function missingStoreKey(db: Store, sealer: Sealer = storeSealer()): Promise<string | null> {
  const known = sealer.keyIds.map((id) => `v1.${id}.%`);
  for (const column of COLUMNS) {
    const [row] = await find(db, column, known, 1);
    const id = /^v1\.(\d+)\./.exec(row?.text ?? '')?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

/**
 * Seals with the newest key what an older one sealed, batch by batch; answers how many. What cannot be opened, or is
 * changed meanwhile, stays as it is.
 */
export async function resealStore(db: Store, sealer: Sealer = storeSealer()): Promise<number> {
  let total = 0;
  for (const column of COLUMNS) {
    const left = new Set<string>();
    for (let rows: SealedRow[] = []; ;) {
      // Rows that could not be sealed anew are found again each time: the batch grows by as many.
      rows = await find(db, column, [`v1.${sealer.newestKeyId}.%`], BATCH + left.size);
      rows = rows.filter((row) => !left.has(row.context + row.text));
      if (rows.length === 0) break;
      for (const row of rows) {
        const opened = sealer.open(row.context, row.text);
        if (opened.ok && (await put(db, column, row, sealer.seal(row.context, opened.value)))) total += 1;
        else left.add(row.context + row.text);
      }
    }
  }
  return total;
}
