import { ScrollText, TriangleAlert } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ComponentType, ReactNode } from 'react';
import { Pager } from '#components/data-table/pager.tsx';
import type { RowAction } from '#components/data-table/rows/row-menu.tsx';
import { ServerList, type ServerRow } from '#components/data-table/server-list.tsx';
import { Middle } from '#components/data-table/rows/middle.tsx';
import { Time } from '#components/ui/time.tsx';
import { anyKey } from '#lib/i18n/any-key.ts';
import { RESOURCES } from '#lib/scopes/table.ts';
import { translations } from '#lib/i18n/server.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import type { KeyCapability } from '#lib/keys/list/capability.ts';
import { KEY_SORTS, USES } from '#lib/keys/list/list.ts';
import { keysQuery, PAGE_SIZES, type KeysParams } from '#lib/keys/list/list-params.ts';
import { KEY_RISKS, type ListedKey } from '#lib/keys/list/listed-key.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import { hiddenColumns, savedViews } from '#lib/views/of-request.ts';
import { addressOf, DEED_ICONS, lockedBy } from './key-actions.tsx';
import { KindBadges, StatusBadge } from './key-badges.tsx';
import { ExpiryWords, InstanceWords, LastUseWords } from './key-words.tsx';

type Props = {
  rows: readonly ListedKey[];
  params: KeysParams;
  position: { page: number; pages: number; total: number };
  names: ReadonlyMap<string, string>;
  now: number;
  /** What can be done with each key, by its id. */
  capabilities: ReadonlyMap<string, KeyCapability>;
  say: (text: Text) => string;
  /** Which keys are part of a rotation in progress, by their ids. */
  rotating: ReadonlyMap<string, 'old' | 'new'>;
  /** Who created keys, for the filter. */
  creators: readonly string[];
  state?: ReactNode;
  generation: OmniGeneration;
  Scopes: ComponentType<{ scopes: readonly string[]; generation: OmniGeneration }>;
};

/** Its last use says in words that no request came since. */
const isQuiet = ({ lastUse }: ListedKey) => lastUse.is === 'used' && lastUse.quiet;

/** Keys in rows: name, prefix, permissions, instances, last use, expiry and creator. */
export async function KeysList({
  rows,
  params,
  position,
  names,
  now,
  capabilities,
  say,
  rotating,
  creators,
  state,
  generation,
  Scopes,
}: Props) {
  const [t, tScopes, tKey, hidden, views] = await Promise.all([
    translations('keys'),
    translations('scopes').then((scopes) => anyKey(scopes)),
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
    const deeds = row.status === 'revoked' ? (['delete'] as const) : (['edit', 'rotate', 'revoke'] as const);
    return [
      { id: 'requests', label: tKey('requests'), icon: <ScrollText aria-hidden />, href: `/keys/${row.id}/audit` },
      ...deeds.map((deed): RowAction => {
        const Icon = DEED_ICONS[deed];
        return {
          id: deed,
          label: tKey(deed),
          icon: <Icon aria-hidden />,
          href: addressOf(row.id, deed),
          danger: deed === 'revoke' || deed === 'delete',
          reason: lockedBy(capabilities.get(row.id)?.[deed] ?? null, say),
        };
      }),
    ];
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
        { id: 'created', head: head('created'), width: 'lg', card: 'none', from: 'widest', sort: true },
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
                {rotating.has(row.id) ? (
                  <span className="text-xs text-muted">{t(`rotating.${rotating.get(row.id) ?? 'old'}`)}</span>
                ) : null}
                <KindBadges kinds={row.kinds} />
                {row.status === 'revoked' || row.status === 'unknown' ? <StatusBadge row={row} now={now} /> : null}
              </span>
            </span>
          ),
          prefix: <Middle mono text={`sk_${row.prefix}…`} />,
          permissions: <Scopes scopes={row.scopes} generation={generation} />,
          instances: <InstanceWords instances={row.instances} names={names} />,
          used: (
            <>
              {row.lastUse.is === 'never' || isQuiet(row) ? null : named('used')}
              {row.risks.includes('idle') ? (
                <TriangleAlert aria-hidden className="mr-1 inline size-3.5 text-warn" />
              ) : null}
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
          created: (
            <>
              <Time at={row.createdAt} day />
              {row.createdBy === null ? null : ` · ${row.createdBy}`}
            </>
          ),
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
          { id: 'risk', label: t('risk'), choices: KEY_RISKS.map((risk) => ({ id: risk, name: t(`risks.${risk}`) })) },
          {
            id: 'permission',
            label: t('columns.permissions'),
            choices: RESOURCES.map(({ name }) => ({ id: name, name: tScopes(`resources.${name}`) ?? name })),
          },
          {
            id: 'instance',
            label: t('instance'),
            choices: [...names].map(([id, name]) => ({ id, name })),
          },
          { id: 'by', label: t('creator'), choices: creators.map((name) => ({ id: name, name })) },
        ],
        values: keysQuery(params),
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
