import 'server-only';
import { storeSealer, type Sealer } from './seal.ts';
import type { Store } from './database.ts';

const BATCH = 100;

/** A sealed text, the columns that name its row, and the context it is sealed with. */
type SealedRow = { key: Record<string, string | number>; context: string; text: string };

/** A sealed column: `find` gives rows whose text matches none of the patterns `not`, `put` replaces a text that nobody changed meanwhile. */
type SealedColumn = {
  find(db: Store, not: readonly string[], limit: number): Promise<SealedRow[]>;
  put(db: Store, row: SealedRow, sealed: string): Promise<bigint>;
};

/** Every sealed column of the store. A new one is added here, or a rotation of `STORE_KEYS` loses it. */
const COLUMNS: readonly SealedColumn[] = [
  {
    async find(db, not, limit) {
      let query = db.selectFrom('operations').select(['id', 'body']).limit(limit);
      for (const pattern of not) query = query.where('body', 'not like', pattern);
      return (await query.execute()).map(({ id, body }) => ({
        key: { id },
        context: `operations/body/${id}`,
        text: body,
      }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db.updateTable('operations').set({ body: sealed }).where('id', '=', String(key.id)).where('body', '=', text),
      ),
  },
  {
    async find(db, not, limit) {
      let query = db
        .selectFrom('operation_steps')
        .select(['entry_id', 'position', 'outcome'])
        .where('outcome', 'is not', null)
        .limit(limit);
      for (const pattern of not) query = query.where('outcome', 'not like', pattern);
      return (await query.execute()).map(({ entry_id: id, position, outcome }) => ({
        key: { id, position },
        context: `operations/outcome-${position}/${id}`,
        text: outcome ?? '',
      }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db
          .updateTable('operation_steps')
          .set({ outcome: sealed })
          .where('entry_id', '=', String(key.id))
          .where('position', '=', Number(key.position))
          .where('outcome', '=', text),
      ),
  },
  {
    async find(db, not, limit) {
      let query = db.selectFrom('rotations').select(['id', 'who']).limit(limit);
      for (const pattern of not) query = query.where('who', 'not like', pattern);
      return (await query.execute()).map(({ id, who }) => ({ key: { id }, context: `rotations/who/${id}`, text: who }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db.updateTable('rotations').set({ who: sealed }).where('id', '=', String(key.id)).where('who', '=', text),
      ),
  },
  {
    async find(db, not, limit) {
      let query = db.selectFrom('audit_exports').select(['id', 'body']).limit(limit);
      for (const pattern of not) query = query.where('body', 'not like', pattern);
      return (await query.execute()).map(({ id, body }) => ({
        key: { id },
        context: `audit_exports/body/${id}`,
        text: body,
      }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db.updateTable('audit_exports').set({ body: sealed }).where('id', '=', String(key.id)).where('body', '=', text),
      ),
  },
  {
    async find(db, not, limit) {
      let query = db.selectFrom('audit_export_parts').select(['export_id', 'number', 'body']).limit(limit);
      for (const pattern of not) query = query.where('body', 'not like', pattern);
      return (await query.execute()).map(({ export_id: id, number, body }) => ({
        key: { id, number },
        context: `audit_export_parts/body-${number}/${id}`,
        text: body,
      }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db
          .updateTable('audit_export_parts')
          .set({ body: sealed })
          .where('export_id', '=', String(key.id))
          .where('number', '=', Number(key.number))
          .where('body', '=', text),
      ),
  },
  {
    async find(db, not, limit) {
      let query = db.selectFrom('sessions').select(['id', 'your_name']).where('your_name', 'is not', null).limit(limit);
      for (const pattern of not) query = query.where('your_name', 'not like', pattern);
      return (await query.execute()).map(({ id, your_name: text }) => ({
        key: { id },
        context: `sessions/your_name/${id}`,
        text: text ?? '',
      }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db
          .updateTable('sessions')
          .set({ your_name: sealed })
          .where('id', '=', String(key.id))
          .where('your_name', '=', text),
      ),
  },
  {
    async find(db, not, limit) {
      let query = db.selectFrom('person_decisions').select(['server', 'one', 'other', 'who']).limit(limit);
      for (const pattern of not) query = query.where('who', 'not like', pattern);
      return (await query.execute()).map(({ server, one, other, who }) => ({
        key: { server, one, other },
        context: `person_decisions/who/${server}/${one}/${other}`,
        text: who,
      }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db
          .updateTable('person_decisions')
          .set({ who: sealed })
          .where('server', '=', String(key.server))
          .where('one', '=', String(key.one))
          .where('other', '=', String(key.other))
          .where('who', '=', text),
      ),
  },
  {
    async find(db, not, limit) {
      let query = db.selectFrom('route_probes').select(['id', 'title']).where('title', 'is not', null).limit(limit);
      for (const pattern of not) query = query.where('title', 'not like', pattern);
      return (await query.execute()).map(({ id, title: text }) => ({
        key: { id },
        context: `route_probes/title/${id}`,
        text: text ?? '',
      }));
    },
    put: async (db, { key, text }, sealed) =>
      changed(
        db
          .updateTable('route_probes')
          .set({ title: sealed })
          .where('id', '=', String(key.id))
          .where('title', '=', text),
      ),
  },
];

/** The id of a key that some row needs and that is not configured, or null. */
export async function missingStoreKey(db: Store, sealer: Sealer = storeSealer()): Promise<string | null> {
  const known = sealer.keyIds.map((id) => `v1.${id}.%`);
  for (const column of COLUMNS) {
    const [row] = await column.find(db, known, 1);
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
      rows = await column.find(db, [`v1.${sealer.newestKeyId}.%`], BATCH + left.size);
      rows = rows.filter((row) => !left.has(row.context + row.text));
      if (rows.length === 0) break;
      for (const row of rows) {
        const opened = sealer.open(row.context, row.text);
        const renewed = opened.ok ? Number(await column.put(db, row, sealer.seal(row.context, opened.value))) : 0;
        if (renewed === 0) left.add(row.context + row.text);
        total += renewed;
      }
    }
  }
  return total;
}

async function changed(update: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint }> }): Promise<bigint> {
  return (await update.executeTakeFirst()).numUpdatedRows;
}
