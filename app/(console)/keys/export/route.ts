import { omniNow } from '#lib/omni/resources/health.ts';
import type { CsvCell, CsvLine } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { pick } from '#lib/keys/list/list.ts';
import { keysParams, queryOf } from '#lib/keys/list/list-params.ts';
import { listedKey, type ListedKey } from '#lib/keys/list/listed-key.ts';
import { store } from '#lib/store/database.ts';
import { withKnown } from '#lib/keys/list/read-known.ts';
import { readAllKeys } from '#lib/keys/list/read-all.ts';
import { ok } from '#lib/omni/result.ts';

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

/** The filtered list as a file; refused without `keys:read`. */
export const GET = csvRoute({
  scope: 'keys:read',
  params: keysParams,
  read: async ({ omni, session, params }) => {
    const [answer, names, now] = await Promise.all([
      readAllKeys(omni),
      instanceNames(omni, session.scopes),
      omniNow(omni),
    ]);
    if (!answer.ok) return answer;
    const { keys, hidden } = await withKnown(await store(), omni, answer.value);
    const rows = pick(
      keys.map((seen) => listedKey(seen, now)),
      queryOf(params),
    );
    async function* lines(): AsyncGenerator<CsvLine> {
      for (const row of rows) yield cells(row, names);
      if (hidden.length > 0) yield { missing: 'rows_may_be_missing' };
    }
    return ok({ name: 'keys', columns: COLUMNS, lines: lines() });
  },
});

function cells(row: ListedKey, names: ReadonlyMap<string, string>): CsvCell[] {
  return [
    row.id,
    row.name,
    row.description,
    row.prefix,
    row.status,
    row.expiresAt && { moment: row.expiresAt },
    row.lastUse.is,
    row.lastUse.is === 'used' ? { moment: row.lastUse.at } : null,
    row.scopes.join(' '),
    row.profile,
    row.instances === null ? 'all' : row.instances.map((id) => names.get(id) ?? id).join(' | '),
    { moment: row.createdAt },
    row.createdBy,
  ];
}
