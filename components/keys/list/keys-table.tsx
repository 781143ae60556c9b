import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { ComponentType } from 'react';
import { PlainCell, PlainRow, PlainTable } from '#components/data-table/plain-table.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { KeySort } from '#lib/keys/list/list.ts';
import { keysQuery, type KeysParams } from '#lib/keys/list/list-params.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';
import { KindBadges, StatusBadge } from './key-badges.tsx';
import { ExpiryWords, InstanceWords, LastUseWords } from './key-words.tsx';

type Props = {
  rows: readonly ListedKey[];
  params: KeysParams;
  names: ReadonlyMap<string, string>;
  now: number;
  Scopes: ComponentType<{ scopes: readonly string[] }>;
};

type Column = {
  id: 'name' | 'status' | 'permissions' | 'instances' | 'used' | 'expires' | 'created';
  sort?: KeySort;
  width: string;
};

const COLUMNS: readonly Column[] = [
  { id: 'name', sort: 'name', width: 'w-[22%] lg:w-[20%] xl:w-[22%]' },
  { id: 'status', width: 'w-44' },
  { id: 'permissions', width: '' },
  { id: 'instances', width: 'w-28 xl:w-36 max-lg:hidden' },
  { id: 'used', sort: 'used', width: 'w-28 xl:w-36' },
  { id: 'expires', sort: 'expires', width: 'w-26 xl:w-32' },
  { id: 'created', sort: 'created', width: 'w-36 max-xl:hidden' },
];

/** Keys in rows: name, status, permissions, instances, last use, expiry and creator. */
export async function KeysTable({ rows, params, names, now, Scopes }: Props) {
  const [t, ids] = await Promise.all([translations('keys'), hiddenColumns('keys')]);
  const hidden = new Set<Column['id']>(ids);
  const heads = COLUMNS.filter(({ id }) => !hidden.has(id)).map(({ id, sort, width }) => ({
    id,
    width,
    label: sort ? <SortLink label={t(`columns.${id}`)} sort={sort} params={params} /> : t(`columns.${id}`),
    sorted: sort && sortedBy(params, sort),
    acts: sort !== undefined,
  }));
  return (
    <PlainTable label={t('title')} heads={heads}>
      {rows.map((row) => (
        <PlainRow key={row.id}>
          <PlainCell>
            <Link
              href={`/keys/${row.id}`}
              prefetch={false}
              className="text-base font-medium after:absolute after:inset-0 after:content-['']"
            >
              {row.name}
            </Link>
            <span className="mt-0.5 flex flex-wrap gap-1 empty:hidden">
              <KindBadges kinds={row.kinds} />
            </span>
            <span className="block font-mono text-xs text-muted">omni_sk_{row.prefix}…</span>
          </PlainCell>
          <PlainCell label={t('columns.status')} hidden={hidden.has('status')}>
            <StatusBadge row={row} now={now} />
          </PlainCell>
          <PlainCell label={t('columns.permissions')} hidden={hidden.has('permissions')}>
            <div className="line-clamp-3">
              <Scopes scopes={row.scopes} />
            </div>
          </PlainCell>
          <PlainCell label={t('columns.instances')} hidden={hidden.has('instances')} more="sm:max-lg:hidden">
            <InstanceWords instances={row.instances} names={names} />
          </PlainCell>
          <PlainCell label={t('columns.used')} hidden={hidden.has('used')}>
            <LastUseWords use={row.lastUse} />
          </PlainCell>
          <PlainCell label={t('columns.expires')} hidden={hidden.has('expires')}>
            <ExpiryWords expiresAt={row.expiresAt} />
          </PlainCell>
          <PlainCell label={t('columns.created')} hidden={hidden.has('created')} more="sm:max-xl:hidden">
            {row.createdBy ?? <span className="text-muted">{t('unknown-creator')}</span>}
          </PlainCell>
        </PlainRow>
      ))}
    </PlainTable>
  );
}

function sortedBy({ sort }: KeysParams, column: KeySort): 'ascending' | 'descending' | undefined {
  if (sort.replace('-', '') !== column) return undefined;
  return sort.startsWith('-') ? 'descending' : 'ascending';
}

function SortLink({ label, sort, params }: { label: string; sort: KeySort; params: KeysParams }) {
  const sorted = sortedBy(params, sort);
  const next = `${sorted === 'ascending' ? '-' : ''}${sort}` as const;
  const Icon = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <Link
      prefetch={false}
      href={{ pathname: '/keys', query: keysQuery(params, { sort: next }) }}
      className="inline-flex min-h-target items-center gap-1 rounded-sm hover:text-text"
    >
      {label}
      {sorted ? <Icon aria-hidden className="size-3" /> : null}
    </Link>
  );
}
