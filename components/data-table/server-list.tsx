'use client';

import type { ReactNode } from 'react';
import { useCallback, useMemo } from 'react';
import type { ColumnsRoom, Hideable } from '#lib/views/hidden-columns.ts';
import type { ListColumn } from './columns.ts';
import { DataList } from './data-list.tsx';
import type { FilterBarProps } from './filter/filter-bar.tsx';
import { useAddress } from './filter/use-address.ts';
import type { RowAction } from './rows/row-menu.tsx';

/** A row whose cells the server made, by the id of their column. */
export type ServerRow = {
  id: string;
  name: string;
  cells: Readonly<Record<string, ReactNode>>;
  actions?: RowAction[];
  faded?: boolean;
};

type Props<R extends ColumnsRoom> = {
  label: string;
  columns: readonly (Omit<ListColumn<ServerRow>, 'cell'> & { head: string })[];
  rows: readonly ServerRow[];
  /** What the bar filters by; a change of it opens the address with it, on the first page. */
  bar?: Omit<FilterBarProps, 'columns' | 'change' | 'busy'>;
  hidden?: { room: R; first: readonly Hideable<R>[] };
  sort?: string;
  total?: number;
  state?: ReactNode;
  notice?: ReactNode;
  footer?: ReactNode;
};

/** A list that the server filters, orders and pages: the address is its state, and each change opens another address. */
export function ServerList<R extends ColumnsRoom = ColumnsRoom>({ columns, rows, bar, sort, ...rest }: Props<R>) {
  const { busy, change, hrefOf } = useAddress();
  const defs = useMemo(
    () => columns.map((column): ListColumn<ServerRow> => ({ ...column, cell: ({ cells }) => cells[column.id] })),
    [columns],
  );
  const head = useCallback((id: string) => columns.find((column) => column.id === id)?.head ?? id, [columns]);
  return (
    <DataList
      {...rest}
      columns={defs}
      head={head}
      rows={rows}
      nameOf={nameOf}
      busy={busy}
      faded={isFaded}
      actions={rows.some(({ actions }) => actions) ? actionsOf : undefined}
      sort={sort ? { now: sort, href: (next) => hrefOf({ sort: next }) } : undefined}
      bar={bar && { ...bar, change, busy }}
    />
  );
}

const nameOf = ({ name }: ServerRow) => name;
const isFaded = ({ faded }: ServerRow) => faded === true;
const actionsOf = ({ actions }: ServerRow) => actions ?? [];
