import 'server-only';
import type { Selectable } from 'kysely';
import { readPosition } from '#lib/omni/paging/paging.ts';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { heldHere } from '#lib/store/live-holds.ts';
import { openText } from '#lib/store/seal.ts';
import type { AuditExportsTable } from '#lib/store/tables.ts';
import type { ExportFiles, ExportProblem, ExportRow, ExportStatus, SealedExport } from './audit-export.ts';

/** Where the sealed part of an export is at home. */
export const bodyContext = (id: string) => `audit_exports/body/${id}`;

/** Rows with whether their jobs are alive, by the store's clock. */
export async function asRead(db: Store, rows: Selectable<AuditExportsTable>[]): Promise<ExportRow[]> {
  const now = rows.some(({ status }) => status === 'running') ? await storeNow(db) : 0;
  return rows.map((row) => toRow(row, row.status === 'running' && (row.lease_until >= now || heldHere(db, row.id))));
}

/** An export of its row; the caller knows whether its job is alive. */
export function toRow(row: Selectable<AuditExportsTable>, alive: boolean): ExportRow {
  const opened = openText(bodyContext(row.id), row.body);
  const body: SealedExport = opened.ok
    ? (JSON.parse(opened.value) as SealedExport)
    : { filter: {}, who: '—', separator: ',' };
  return {
    ...body,
    id: row.id,
    server: row.server,
    actor: row.actor,
    keyId: row.key_id,
    status: row.status as ExportStatus,
    fence: row.fence,
    alive,
    stopRequested: row.stop_requested === 1,
    position: readPosition(row.position ?? undefined),
    ended: row.position === 'end',
    parts: row.parts,
    requestsRead: row.looked,
    kept: row.kept,
    total: row.total,
    unsure: row.unsure === 1,
    files: row.files === null ? null : (JSON.parse(row.files) as ExportFiles),
    problem: row.problem === null ? null : (JSON.parse(row.problem) as ExportProblem),
    waitsUntil: row.waits_until,
    until: row.until,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    downloadedAt: row.taken_at,
    onlyCopySince: row.only_copy_since,
    unreadable: !opened.ok,
  };
}
