import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Position } from '#lib/omni/paging/paging.ts';
import { writePosition } from '#lib/omni/paging/paging.ts';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { heldHere } from '#lib/store/live-holds.ts';
import { LEASE } from '#lib/operations/run/lease.ts';
import { openText, sealText } from '#lib/store/seal.ts';
import type { AuditExportsTable } from '#lib/store/tables.ts';
import type { AuditFilter } from './audit-filter.ts';
import { asRead, bodyContext, toRow } from './audit-export-rows.ts';
import type { SealedExport, ExportFiles, ExportProblem, ExportRow } from './audit-export.ts';

/** How long a finished or abandoned export is kept, while Omni has the same; milliseconds. */
export const KEPT_MS = 7 * 86_400_000;

const partContext = (id: string, number: number) => `audit_export_parts/body-${number}/${id}`;

export type NewExport = {
  server: string;
  actor: string;
  keyId: string;
  filter: AuditFilter;
  who: string;
  separator: ',' | ';';
  /** The moment (milliseconds, Omni's clock) after which calls are not in it. */
  until: number;
};

/** Creates a running export, and answers it. The caller runs it. */
export async function createExport(db: Store, wanted: NewExport): Promise<ExportRow> {
  const now = await storeNow(db);
  await purgeExports(db, now);
  const id = randomUUID();
  const { server, actor, keyId, filter, who, separator, until } = wanted;
  const body: SealedExport = { filter, who, separator };
  const row: Selectable<AuditExportsTable> = {
    id,
    server,
    actor,
    key_id: keyId,
    status: 'running',
    fence: 1,
    lease_until: now + LEASE.holdMs,
    stop_requested: 0,
    position: null,
    parts: 0,
    looked: 0,
    kept: 0,
    total: null,
    unsure: 0,
    files: null,
    problem: null,
    waits_until: null,
    until,
    created_at: now,
    finished_at: null,
    taken_at: null,
    only_copy_since: null,
    body: sealText(bodyContext(id), JSON.stringify(body)),
  };
  await db.insertInto('audit_exports').values(row).execute();
  return toRow(row, true);
}

/** An export, or null. */
export async function readExport(db: Store, id: string): Promise<ExportRow | null> {
  const rows = await db.selectFrom('audit_exports').selectAll().where('id', '=', id.toLowerCase()).execute();
  const [row] = await asRead(db, rows);
  return row ?? null;
}

/** The exports of a key, the newest first. */
export async function exportsOf(db: Store, server: string, keyId: string): Promise<ExportRow[]> {
  const rows = await db
    .selectFrom('audit_exports')
    .selectAll()
    .where('server', '=', server)
    .where('key_id', '=', keyId)
    .orderBy('created_at', 'desc')
    .limit(10)
    .execute();
  return asRead(db, rows);
}

/** The finished exports of some keys whose file was downloaded to its end. */
export async function downloadedExports(db: Store, server: string, keyIds: readonly string[]): Promise<ExportRow[]> {
  if (keyIds.length === 0) return [];
  const rows = await db
    .selectFrom('audit_exports')
    .selectAll()
    .where('server', '=', server)
    .where('key_id', 'in', keyIds)
    .where('status', '=', 'done')
    .where('taken_at', 'is not', null)
    .execute();
  return asRead(db, rows);
}

/** Takes over an export that stopped, failed or lost its process; null while another job runs it, or when it is done. */
export async function resumeExport(db: Store, id: string): Promise<ExportRow | null> {
  if (heldHere(db, id)) return null;
  const now = await storeNow(db);
  const row = await db
    .updateTable('audit_exports')
    .set((eb) => ({
      status: 'running',
      fence: eb('fence', '+', 1),
      lease_until: now + LEASE.holdMs,
      stop_requested: 0,
      problem: null,
      waits_until: null,
    }))
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('status', 'in', ['stopped', 'failed']),
        eb.and([eb('status', '=', 'running'), eb('lease_until', '<', now)]),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
  return row ? toRow(row, true) : null;
}

/** Asks a job to stop before its next page. */
export async function stopExport(db: Store, id: string): Promise<void> {
  await db
    .updateTable('audit_exports')
    .set({ stop_requested: 1 })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute();
}

/** Deletes exports with their pages; a running job ends at its next page. */
export async function deleteExports(db: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('audit_export_parts').where('export_id', 'in', ids).execute();
    await tx.deleteFrom('audit_exports').where('id', 'in', ids).execute();
  });
}

/**
 * Deletes exports older than a week, and only copies that are older than `onlyCopiesMs` milliseconds (none where it is left out);
 * answers how many.
 */
export async function purgeExports(db: Store, now: number, onlyCopiesMs?: number): Promise<number> {
  const old = await db
    .selectFrom('audit_exports')
    .select('id')
    .where((eb) =>
      eb.or([
        eb.and([eb('created_at', '<', now - KEPT_MS), eb('only_copy_since', 'is', null)]),
        ...(onlyCopiesMs === undefined ? [] : [eb('only_copy_since', '<', now - onlyCopiesMs)]),
      ]),
    )
    .execute();
  await deleteExports(
    db,
    old.map(({ id }) => id),
  );
  return old.length;
}

/** Records that a file of an export was downloaded to its end. The first time counts. */
export async function recordDownload(db: Store, id: string, now: number): Promise<void> {
  await db
    .updateTable('audit_exports')
    .set({ taken_at: now })
    .where('id', '=', id)
    .where('taken_at', 'is', null)
    .execute();
}

/** Records since when a key's copies are all that is left of its requests; null: Omni still has them. */
export async function recordOnlyCopies(db: Store, server: string, keyId: string, since: number | null): Promise<void> {
  await db
    .updateTable('audit_exports')
    .set({ only_copy_since: since })
    .where('server', '=', server)
    .where('key_id', '=', keyId)
    .execute();
}

/** What identifies a job that holds an export. */
export type Held = Pick<ExportRow, 'id' | 'fence'>;

/** Renews a job's lease, and records until when it waits for Omni's limit. `lost`: it was taken over or deleted; `stop`: asked to stop. */
export async function holdExport(
  db: Store,
  { id, fence }: Held,
  waitsUntil: number | null = null,
): Promise<'held' | 'stop' | 'lost'> {
  const now = await storeNow(db);
  const row = await db
    .updateTable('audit_exports')
    .set({ lease_until: now + LEASE.holdMs, waits_until: waitsUntil })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('status', '=', 'running')
    .returning('stop_requested')
    .executeTakeFirst();
  if (!row) return 'lost';
  return row.stop_requested === 1 ? 'stop' : 'held';
}

/** A page of an export to keep; `requestsRead`: how many requests were fetched for it. */
export type ExportPage = {
  number: number;
  lines: readonly string[];
  requestsRead: number;
  next: Position | null;
  total: number | null;
  unsure: boolean;
};

/** Keeps a page and where the next one starts, both or neither; false when the job was taken over or deleted. */
export function keepPage(db: Store, { id, fence }: Held, page: ExportPage): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const now = await storeNow(tx);
    const kept = await tx
      .updateTable('audit_exports')
      .set((eb) => ({
        lease_until: now + LEASE.holdMs,
        waits_until: null,
        position: page.next ? writePosition(page.next) : 'end',
        parts: page.number + 1,
        looked: eb('looked', '+', page.requestsRead),
        kept: eb('kept', '+', page.lines.length),
        total: page.total,
        ...(page.unsure ? { unsure: 1 } : {}),
      }))
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where('status', '=', 'running')
      .executeTakeFirst();
    if (kept.numUpdatedRows !== 1n) return false;
    const body = sealText(partContext(id, page.number), page.lines.join('\n'));
    await tx.insertInto('audit_export_parts').values({ export_id: id, number: page.number, body }).execute();
    return true;
  });
}

/** The lines of one page, as they were kept. Throws when it cannot be opened: half a file would be worse than none. */
export async function readPage(db: Store, id: string, number: number): Promise<string[]> {
  const row = await db
    .selectFrom('audit_export_parts')
    .select('body')
    .where('export_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirst();
  const opened = row && openText(partContext(id, number), row.body);
  if (!opened?.ok) throw new Error(`page ${number} of export ${id} cannot be read`);
  return opened.value === '' ? [] : opened.value.split('\n');
}

/** Ends a job; does nothing when it was taken over or deleted. */
export async function endExport(
  db: Store,
  { id, fence }: Held,
  end: { status: 'done'; files: ExportFiles } | { status: 'stopped' } | { status: 'failed'; problem: ExportProblem },
  now: number,
): Promise<void> {
  await db
    .updateTable('audit_exports')
    .set({
      status: end.status,
      lease_until: 0,
      waits_until: null,
      finished_at: now,
      files: end.status === 'done' ? JSON.stringify(end.files) : null,
      problem: end.status === 'failed' ? JSON.stringify(end.problem) : null,
    })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('status', '=', 'running')
    .execute();
}
