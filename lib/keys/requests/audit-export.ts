import type { Position } from '#lib/omni/paging/paging.ts';
import type { AuditFilter } from './audit-filter.ts';

/** `interrupted`: it runs by its row, and its process has been silent for too long. It can be gone on with. */
export type ExportStatus = 'running' | 'stopped' | 'failed' | 'done';

/** Bytes and SHA-256 (hex) of a file, as it is downloaded. */
export type ExportFile = { bytes: number; sha256: string };
export type ExportFiles = { csv: ExportFile; json: ExportFile };
export type ExportFormat = keyof ExportFiles;

/** A sentence of namespace `problems`. */
export type ExportProblem = { code: string; values?: Record<string, string | number> };

/** The sealed part of an export. */
export type Body = { filter: AuditFilter; who: string; separator: ',' | ';' };

/**
 * A copy of an audit log on its way. `looked`: calls fetched; `kept`: those that fit the filter; `total`: how many
 * there will be, as far as Omni counted. Times in milliseconds.
 */
export type ExportRow = Body & {
  id: string;
  server: string;
  actor: string;
  keyId: string;
  status: ExportStatus;
  fence: number;
  leaseUntil: number;
  stopRequested: boolean;
  position: Position | null;
  ended: boolean;
  parts: number;
  looked: number;
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
  takenAt: number | null;
  /** Since when its key is deleted: Omni has these calls no more. */
  onlyCopySince: number | null;
  /** It cannot be opened any more, so nobody knows what it holds. */
  unreadable: boolean;
};

/** An export as the browser gets it. */
export type ExportView = Pick<
  ExportRow,
  | 'id'
  | 'filter'
  | 'who'
  | 'looked'
  | 'kept'
  | 'unsure'
  | 'files'
  | 'problem'
  | 'waitsUntil'
  | 'until'
  | 'createdAt'
  | 'stopRequested'
  | 'takenAt'
> & {
  status: ExportStatus | 'interrupted';
  total: number | null;
};

/** What a person is told of an export at a time (milliseconds). */
export function viewOfExport(row: ExportRow, now: number): ExportView {
  const { id, filter, who, looked, kept, unsure, waitsUntil, until, createdAt, stopRequested, takenAt } = row;
  return {
    id,
    filter,
    who,
    looked,
    kept,
    unsure,
    files: row.unreadable ? null : row.files,
    problem: row.unreadable ? { code: 'entry_unreadable' } : row.problem,
    waitsUntil,
    until,
    createdAt,
    stopRequested,
    takenAt,
    status: row.status === 'running' && row.leaseUntil < now ? 'interrupted' : row.status,
    total: row.ended ? looked : row.total === null ? null : Math.max(row.total, looked),
  };
}
