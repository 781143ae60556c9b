import { Ban, Pencil, RefreshCw, ScrollText } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ComponentType, ReactNode } from 'react';
import { Pager } from '#components/data-table/pager.tsx';
import type { RowAction } from '#components/data-table/rows/row-menu.tsx';
import { ServerList, type ServerRow } from '#components/data-table/server-list.tsx';
import { Middle } from '#components/data-table/rows/middle.tsx';
import { translations } from '#lib/i18n/server.ts';
import { KEY_SORTS, USES } from '#lib/keys/list/list.ts';
import { keysQuery, PAGE_SIZES, type KeysParams } from '#lib/keys/list/list-params.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';
import { hiddenColumns, savedViews } from '#lib/views/of-request.ts';
import { KindBadges, StatusBadge } from './key-badges.tsx';
import { ExpiryWords, InstanceWords, LastUseWords } from './key-words.tsx';

type Props = {
  rows: readonly ListedKey[];
  params: KeysParams;
  position: { page: number; pages: number; total: number };
  names: ReadonlyMap<string, string>;
  now: number;
  /** Why keys can't be changed with the session's own. */
  locked: string | undefined;
  state?: ReactNode;
  Scopes: ComponentType<{ scopes: readonly string[] }>;
};

/** Its last use says in words that no request came since. */
const isQuiet = ({ lastUse }: ListedKey) => lastUse.is === 'used' && lastUse.quiet;

/** Keys in rows: name, prefix, permissions, instances, last use, expiry and creator. */
export async function KeysList({ rows, params, position, names, now, locked, state, Scopes }: Props) {
  const [t, tKey, hidden, views] = await Promise.all([
    translations('keys'),
    translations('key'),
    hiddenColumns('keys'),
    savedViews('keys'),
  ]);
  const head = (id: string) => t(`columns.${id}` as 'columns.name');
  /** What a time means on a card, where no head stands above it. */
  const named = (id: 'used' | 'expires') => <span className="rows:hidden">{head(id)} </span>;
  const to = (change: Partial<KeysParams>) => {
    const query = new URLSearchParams(keysQuery(params, change)).toString();
    return query ? `/keys?${query}` : '/keys';
  };
  const actionsOf = (row: ListedKey): RowAction[] => {
    const works = row.status === 'active' || row.status === 'expires_soon';
    const rotates = works && !row.kinds.includes('primary') && !row.kinds.includes('agent');
    const all: (RowAction | false)[] = [
      { id: 'requests', label: tKey('requests'), icon: <ScrollText aria-hidden />, href: `/keys/${row.id}/audit` },
      row.status !== 'revoked' && {
        id: 'edit',
        label: tKey('edit'),
        icon: <Pencil aria-hidden />,
        href: `/keys/${row.id}/edit`,
        reason: locked,
      },
      rotates && {
        id: 'rotate',
        label: tKey('rotate'),
        icon: <RefreshCw aria-hidden />,
        href: `/keys/rotate?key=${row.id}`,
        reason: locked,
      },
      rotates && {
        id: 'revoke',
        label: tKey('revoke'),
        icon: <Ban aria-hidden />,
        href: `/keys/${row.id}/revoke`,
        danger: true,
        reason: locked,
      },
    ];
    return all.filter((each) => each !== false);
  };
  return (
    <ServerList
      label={t('title')}
      columns={[
        { id: 'name', head: head('name'), width: 'grow-2', card: 'title', sort: true },
        { id: 'prefix', head: head('prefix'), width: 'md', card: 'none', from: 'wide' },
        { id: 'permissions', head: head('permissions'), width: 'grow-3', card: 'detail' },
        { id: 'instances', head: head('instances'), width: 'md', card: 'none', from: 'wide' },
        { id: 'used', head: head('used'), width: 'md', card: 'when', sort: true },
        { id: 'expires', head: head('expires'), width: 'lg', card: 'end', sort: true },
        { id: 'created', head: head('created'), width: 'md', card: 'none', from: 'widest', sort: true },
      ]}
      rows={rows.map((row): ServerRow => ({
        id: row.id,
        name: row.name,
        faded: row.status === 'expired' || row.status === 'revoked',
        actions: actionsOf(row),
        cells: {
          name: (
            <span className="flex min-w-0 items-center gap-2">
              <Link href={`/keys/${row.id}`} className="row-link max-w-[75%] shrink-0 truncate">
                {row.name}
              </Link>
              <span className="flex min-w-0 gap-1 overflow-hidden">
                <KindBadges kinds={row.kinds} />
                {row.status === 'revoked' || row.status === 'unknown' ? <StatusBadge row={row} now={now} /> : null}
              </span>
            </span>
          ),
          prefix: <Middle mono text={`sk_${row.prefix}…`} />,
          permissions: <Scopes scopes={row.scopes} />,
          instances: <InstanceWords instances={row.instances} names={names} />,
          used: (
            <>
              {row.lastUse.is === 'never' || isQuiet(row) ? null : named('used')}
              <LastUseWords use={row.lastUse} />
            </>
          ),
          expires:
            row.status === 'expires_soon' || row.status === 'expired' ? (
              <StatusBadge row={row} now={now} />
            ) : row.status === 'active' ? (
              <>
                {row.expiresAt === null ? null : named('expires')}
                <ExpiryWords expiresAt={row.expiresAt} />
              </>
            ) : null,
          created: row.createdBy ?? <span className="text-muted">{t('unknown-creator')}</span>,
        },
      }))}
      bar={{
        search: { name: 'q', label: t('search'), placeholder: t('search-placeholder'), value: params.q },
        filters: [
          {
            id: 'use',
            label: t('use'),
            choices: USES.filter((use) => use !== 'any').map((use) => ({ id: use, name: t(`uses.${use}`) })),
          },
        ],
        values: { ...keysQuery(params), use: params.use === 'any' ? undefined : params.use },
        count: { shown: position.total },
        sorts: {
          now: params.sort,
          all: KEY_SORTS.flatMap((by) => [`-${by}` as const, by]).map((id) => ({ id, name: t(`sorts.${id}`) })),
        },
        views: { room: 'keys', first: views },
      }}
      hidden={{ room: 'keys', first: hidden }}
      sort={params.sort}
      total={position.total}
      state={state}
      footer={
        state ? null : (
          <Pager
            previous={position.page > 1 ? to({ page: position.page - 1 }) : undefined}
            next={position.page < position.pages ? to({ page: position.page + 1 }) : undefined}
            place={t('page-of', { page: position.page, pages: position.pages, count: position.total })}
            sizes={PAGE_SIZES.map((size) => ({ size, href: to({ limit: size }), here: size === params.limit }))}
          />
        )
      }
    />
  );
}
