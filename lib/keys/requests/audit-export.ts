import type { Position } from '#lib/omni/paging/paging.ts';
import type { AuditFilter } from './audit-filter.ts';

/** The status of an export in its row. A running one whose lease has run out is shown as `interrupted`; it can be continued. */
export type ExportStatus = 'running' | 'stopped' | 'failed' | 'done';

/** Bytes and SHA-256 (hex) of a file, as it is downloaded. */
export type ExportFile = { bytes: number; sha256: string };
export type ExportFiles = { csv: ExportFile; json: ExportFile };
export type ExportFormat = keyof ExportFiles;

/** A sentence of namespace `problems`. */
export type ExportProblem = { code: string; values?: Record<string, string | number> };

/** The sealed part of an export. */
export type SealedExport = { filter: AuditFilter; who: string; separator: ',' | ';' };

/**
 * A copy of a key's requests. `requestsRead`: requests fetched; `kept`: those that fit the filter; `total`: how many there will be,
 * as far as Omni counted. Times in milliseconds.
 */
export type ExportRow = SealedExport & {
  id: string;
  server: string;
  actor: string;
  keyId: string;
  status: ExportStatus;
  fence: number;
  /** Its job runs and renewed its lease in time, by the store's clock, when the row was read. */
  alive: boolean;
  stopRequested: boolean;
  position: Position | null;
  ended: boolean;
  parts: number;
  requestsRead: number;
  kept: number;
  total: number | null;
  unsure: boolean;
  files: ExportFiles | null;
  problem: ExportProblem | null;
  waitsUntil: number | null;
  until: number;
  createdAt: number;
  finishedAt: number | null;
  /** When a file of it was downloaded to its end. */
  downloadedAt: number | null;
  /** Since when its key is deleted, so that Omni no longer has these requests. */
  onlyCopySince: number | null;
  /** Its sealed part can't be opened any more. */
  unreadable: boolean;
};

/** An export as the browser gets it. */
export type ExportView = Pick<
  ExportRow,
  | 'id'
  | 'filter'
  | 'who'
  | 'requestsRead'
  | 'kept'
  | 'unsure'
  | 'files'
  | 'problem'
  | 'waitsUntil'
  | 'until'
  | 'createdAt'
  | 'stopRequested'
  | 'downloadedAt'
> & {
  status: ExportStatus | 'interrupted';
  total: number | null;
};

/** An export as it stood when it was read. */
export function viewOfExport(row: ExportRow): ExportView {
  const { id, filter, who, requestsRead, kept, unsure, waitsUntil, until, createdAt, stopRequested, downloadedAt } =
    row;
  return {
    id,
    filter,
    who,
    requestsRead,
    kept,
    unsure,
    files: row.unreadable ? null : row.files,
    problem: row.unreadable ? { code: 'entry_unreadable' } : row.problem,
    waitsUntil,
    until,
    createdAt,
    stopRequested,
    downloadedAt,
    status: row.status === 'running' && !row.alive ? 'interrupted' : row.status,
    total: row.ended ? requestsRead : row.total === null ? null : Math.max(row.total, requestsRead),
  };
}
