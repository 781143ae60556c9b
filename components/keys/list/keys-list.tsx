'use client';

import { ScrollText } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import { DataList } from '#components/data-table/data-list.tsx';
import type { FilterBarProps } from '#components/data-table/filter/filter-bar.tsx';
import { useAddress } from '#components/data-table/filter/use-address.ts';
import type { RowAction } from '#components/data-table/rows/row-menu.tsx';
import { KeyBulkActions, useBulkEnd } from '#components/keys/end/bulk-actions.tsx';
import { useLateValues } from '#components/lookups/use-late-values.ts';
import { WeekCell, WeekWanted } from '#components/keys/requests/week-cell.tsx';
import type { KeyWeek } from '#lib/keys/requests/week.ts';
import { keyWeeksLookup } from '#lib/lookups/found.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import {
  CreatedCell,
  ExpiresCell,
  InstancesCell,
  NameCell,
  PermissionsCell,
  PrefixCell,
  UsedCell,
} from './key-cells.tsx';
import { DEED_ICONS, hrefOf, deedsOf } from './key-deeds.ts';
import type { KeyRow } from './key-row.ts';

type Props = {
  rows: readonly KeyRow[];
  /** The address without the page: what a selection belongs to. */
  scope: string;
  total: number;
  bar: Omit<FilterBarProps, 'columns' | 'change' | 'busy'>;
  hidden: readonly Hideable<'keys'>[];
  sort: string;
  state?: ReactNode;
  footer?: ReactNode;
};

type ShownRow = KeyRow & { week?: KeyWeek | 'failed' };

const COLUMNS: readonly ListColumn<ShownRow>[] = [
  { id: 'name', cell: (row) => <NameCell row={row} />, width: 'grow-2', card: 'title', sort: true },
  { id: 'prefix', cell: (row) => <PrefixCell row={row} />, width: 'md', card: 'none', from: 'wide' },
  { id: 'permissions', cell: (row) => <PermissionsCell row={row} />, width: 'grow-3', card: 'detail' },
  { id: 'instances', cell: (row) => <InstancesCell row={row} />, width: 'sm', card: 'none', from: 'wide' },
  { id: 'week', cell: ({ id, week }) => <WeekCell id={id} week={week} />, width: 'md', card: 'none' },
  { id: 'used', cell: (row) => <UsedCell row={row} />, width: 'md', card: 'when', sort: true },
  { id: 'expires', cell: (row) => <ExpiresCell row={row} />, width: 'md', card: 'end', sort: true },
  { id: 'created', cell: (row) => <CreatedCell row={row} />, width: 'lg', card: 'none', from: 'widest', sort: true },
];

const NO_REQUESTS: KeyWeek = { total: 0, days: [0, 0, 0, 0, 0, 0, 0] };
const REST_MS = 200;

/** Keys in rows: name, prefix, permissions, instances, last use, expiry, creator and, where somebody adds it, the requests of a week. */
export function KeysList({ rows, scope, total, bar, hidden, sort, state, footer }: Props) {
  const t = useTranslations('key-list');
  const { busy, change, hrefOf: addressWith } = useAddress();
  const bulk = useBulkEnd();
  const weeks = useWeeks(rows);
  const shown = useMemo(() => rows.map((row): ShownRow => ({ ...row, ...weeks.of(row) })), [rows, weeks]);
  const head = useCallback((id: string) => t(`columns.${id}` as 'columns.name'), [t]);
  const actions = (row: ShownRow): RowAction[] => {
    return [
      { id: 'requests', label: t('requests'), icon: <ScrollText aria-hidden />, href: `/keys/${row.id}/audit` },
      ...deedsOf(row).map((deed): RowAction => {
        const Icon = DEED_ICONS[deed];
        return {
          id: deed,
          label: t(`deeds.${deed}`),
          icon: <Icon aria-hidden />,
          href: hrefOf(row.id, deed),
          danger: deed === 'revoke' || deed === 'delete',
          reason: row.barred[deed],
        };
      }),
    ];
  };
  return (
    <WeekWanted value={weeks.want}>
      <DataList
        label={t('title')}
        columns={COLUMNS}
        head={head}
        rows={shown}
        nameOf={nameOf}
        busy={busy}
        faded={isEnded}
        actions={actions}
        bar={{ ...bar, change, busy }}
        hidden={{ room: 'keys', first: hidden }}
        sort={{ now: sort, href: (next) => addressWith({ sort: next }) }}
        select={{
          scope,
          renderActions: (picked, clear) => <KeyBulkActions picked={picked} clear={clear} begin={bulk.begin} />,
        }}
        total={total}
        state={state}
        footer={footer}
      />
      {bulk.dialog}
    </WeekWanted>
  );
}

/** The requests of the keys in sight in the last seven days: asked for while the column is shown, once for each key. */
function useWeeks(rows: readonly KeyRow[]) {
  const [seen, see] = useState<ReadonlySet<string>>(new Set());
  const wanted = useMemo(() => rows.filter(({ id }) => seen.has(id)), [rows, seen]);
  const values = useLateValues(keyWeeksLookup, {
    wanted,
    queryOf: (fresh) => ({ ids: fresh.map(({ id }) => id) }),
    valueOf: ({ week }): KeyWeek | 'failed' => week ?? 'failed',
    failed: (): KeyWeek | 'failed' => 'failed',
    restMs: REST_MS,
  });
  const want = useCallback((id: string) => see((now) => new Set([...now, id])), []);
  return useMemo(() => {
    const of = ({ id, never }: KeyRow): Pick<ShownRow, 'week'> => {
      const week = never ? NO_REQUESTS : values.get(id);
      return week === undefined ? {} : { week };
    };
    return { of, want };
  }, [values, want]);
}

const nameOf = ({ name }: KeyRow) => name;
const isEnded = ({ status }: KeyRow) => status === 'expired' || status === 'revoked';
