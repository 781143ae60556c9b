import 'server-only';
import { createHash } from 'node:crypto';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import type { Store } from '#lib/store/database.ts';
import { csvLine } from '#lib/text/csv.ts';
import type { ExportFile, ExportFormat, ExportRow } from './audit-export.ts';
import { readPage } from './audit-exports.ts';

const COLUMNS = ['time', 'method', 'path', 'status', 'ip', 'user_agent', 'milliseconds', 'id'] as const;

/** A request as its page keeps it: one line of JSON, the same bytes as in the JSON file. */
export function lineOf(call: KeyCall): string {
  const { id, timestamp, method, path, statusCode, ipAddress, userAgent, responseTimeMs } = call;
  return JSON.stringify({
    time: timestamp,
    method,
    path,
    status: statusCode,
    ip: ipAddress,
    user_agent: userAgent,
    milliseconds: responseTimeMs,
    id,
  });
}

/** The file, page by page, with one page in memory at most. The same bytes every time. */
export async function* fileOf(
  db: Store,
  { id, parts, separator }: Pick<ExportRow, 'id' | 'parts' | 'separator'>,
  format: ExportFormat,
): AsyncGenerator<string> {
  yield format === 'csv' ? `\uFEFF${csvLine(COLUMNS, separator)}` : '[';
  let first = true;
  for (let number = 0; number < parts; number += 1) {
    const lines = await readPage(db, id, number);
    if (lines.length === 0) continue;
    if (format === 'csv') yield lines.map((line) => csvOf(line, separator)).join('');
    else yield `${first ? '\n' : ',\n'}${lines.join(',\n')}`;
    first = false;
  }
  if (format === 'json') yield '\n]\n';
}

/** Bytes and SHA-256 of a file, without loading it into memory. */
export async function measure(
  db: Store,
  row: Parameters<typeof fileOf>[1],
  format: ExportFormat,
  beat: () => Promise<void>,
): Promise<ExportFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  let pieces = 0;
  for await (const text of fileOf(db, row, format)) {
    const piece = Buffer.from(text, 'utf8');
    hash.update(piece);
    bytes += piece.length;
    pieces += 1;
    if (pieces % 100 === 0) await beat();
  }
  return { bytes, sha256: hash.digest('hex') };
}

function csvOf(line: string, separator: ',' | ';'): string {
  const call = JSON.parse(line) as Record<string, string | number | null>;
  return csvLine(
    COLUMNS.map((column) => String(call[column] ?? '')),
    separator,
  );
}
