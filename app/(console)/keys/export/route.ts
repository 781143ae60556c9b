import type { NextRequest } from 'next/server';
import { requestIntl } from '#lib/i18n/server.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { pick } from '#lib/keys/list/list.ts';
import { keysParams, queryOf } from '#lib/keys/list/list-params.ts';
import { readAllKeys } from '#lib/keys/list/read-all.ts';
import { listedKey, type ListedKey } from '#lib/keys/list/listed-key.ts';
import { noFileFor } from '#lib/omni/paging/no-file.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { csvFile, noFile, problemLine } from '#lib/text/csv-file.ts';

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
  'problem',
] as const;

/** The filtered list as a file; refused without `keys:read`. */
export async function GET(request: NextRequest): Promise<Response> {
  const { omni, session } = await requireSession();
  if (allows(session.scopes, 'keys:read') === 'no') return noFile(403, 'forbidden');
  const params = keysParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  const [{ locale }, answer, names] = await Promise.all([
    requestIntl(),
    readAllKeys(omni),
    instanceNames(omni, session.scopes),
  ]);
  if (!answer.ok) return noFileFor(answer.error);
  const now = Date.now();
  const rows = pick(
    answer.value.keys.map((seen) => listedKey(seen, now)),
    queryOf(params),
  );
  async function* lines(): AsyncGenerator<string[]> {
    for (const row of rows) yield cells(row, names);
    if (answer.ok && answer.value.hidden.length > 0) yield problemLine(COLUMNS, 'rows_may_be_missing');
  }
  return csvFile('keys', COLUMNS, lines(), separatorFor(locale));
}

function cells(row: ListedKey, names: ReadonlyMap<string, string>): string[] {
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
    '',
  ];
}
