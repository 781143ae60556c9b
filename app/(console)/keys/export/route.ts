import type { NextRequest } from 'next/server';
import { requestIntl } from '#lib/i18n/server.ts';
import { instanceNames } from '#lib/keys/instance-names.ts';
import { pick } from '#lib/keys/list.ts';
import { keysParams, queryOf } from '#lib/keys/list-params.ts';
import { readAllKeys } from '#lib/keys/read-all.ts';
import { keyRow, type KeyRow } from '#lib/keys/row.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { requireSession } from '#lib/session/guard.ts';
import { allows } from '#lib/session/scopes.ts';
import { csvLine, separatorFor } from '#lib/text/csv.ts';

const COLUMNS = [
  'id',
  'name',
  'description',
  'prefix',
  'status',
  'expires_at',
  'last_use',
  'last_used_at',
  'scopes',
  'profile',
  'instances',
  'created_at',
  'created_by',
] as const;

/** The filtered list as a file. Whoever may not read keys gets nothing of any. */
export async function GET(request: NextRequest): Promise<Response> {
  const { omni, session } = await requireSession();
  if (allows(session.scopes, 'keys:read') === 'no') return refusal(403, 'forbidden');
  const params = keysParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  const [{ locale }, answer, names] = await Promise.all([
    requestIntl(),
    readAllKeys(omni),
    instanceNames(omni, session.scopes),
  ]);
  if (!answer.ok) return refusal(answer.error.kind === 'forbidden' ? 403 : 502, problemOf(answer.error).code);
  const separator = separatorFor(locale);
  const now = Date.now();
  const rows = pick(
    answer.value.keys.map((seen) => keyRow(seen, now)),
    queryOf(params),
  );
  const lines = [COLUMNS, ...rows.map((row) => cells(row, names))].map((line) => csvLine(line, separator));
  return new Response(`\uFEFF${lines.join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="keys.csv"',
      'cache-control': 'no-store',
    },
  });
}

function refusal(status: number, code: string): Response {
  return Response.json({ ok: false, code }, { status, headers: { 'cache-control': 'no-store' } });
}

function cells(row: KeyRow, names: ReadonlyMap<string, string>): string[] {
  return [
    row.id,
    row.name,
    row.description ?? '',
    row.prefix,
    row.status,
    row.expiresAt ?? '',
    row.lastUse.is,
    row.lastUse.is === 'used' ? row.lastUse.at : '',
    row.scopes.join(' '),
    row.profile ?? '',
    row.instances === null ? 'all' : row.instances.map((id) => names.get(id) ?? id).join(' | '),
    row.createdAt,
    row.createdBy ?? '',
  ];
}
