'use client';

import { useTable } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import type { ColumnsRoom, Hideable } from '#lib/views/hidden-columns.ts';
import { HIDEABLE } from '#lib/views/hidden-columns.ts';
import { BulkBar, type SelectAll } from './bulk-bar.tsx';
import { tableColumn, type ListColumn } from './columns.ts';
import { DataTable } from './data-table.tsx';
import { features, type ListRow } from './features.ts';
import { ColumnsMenu } from './filter/columns-menu.tsx';
import { FilterBar, type FilterBarProps } from './filter/filter-bar.tsx';
import { useHiddenColumns } from './filter/use-hidden-columns.ts';
import type { RowAction } from './rows/row-menu.tsx';
import { useKeptSelection } from './use-kept-selection.ts';

type Selection<T extends ListRow> = {
  /** What the selection belongs to: the address without the page. */
  scope: string;
  /** At most so many rows can be selected together. */
  most?: number;
  /** False while rows may still come: then they can't be selected all together. */
  complete?: boolean;
  /** What can be done with the selected rows. */
  renderActions: (picked: readonly T[], clear: () => void) => ReactNode;
};

type Props<T extends ListRow, R extends ColumnsRoom> = {
  /** The name of the table. */
  label: string;
  columns: readonly ListColumn<T>[];
  /** The text of a column's head. */
  head: (id: string) => string;
  rows: readonly T[];
  nameOf: (row: T) => string;
  bar?: Omit<FilterBarProps, 'columns'>;
  /** The columns that this browser hides. */
  hidden?: { room: R; first: readonly Hideable<R>[] };
  /** The order there is, with `-` in front where it goes down; where its heads lead. */
  sort?: { now: string; href?: (sort: string) => string; set?: (sort: string) => void };
  select?: Selection<T> | undefined;
  actions?: ((row: T) => RowAction[]) | undefined;
  faded?: (row: T) => boolean;
  total?: number;
  busy?: boolean;
  /** In place of the rows: loading, empty, no match, failed or forbidden. */
  state?: ReactNode;
  /** In place of a bar, or below it: what narrows or changes all rows. */
  top?: ReactNode;
  /** One line between the bar and the rows. */
  notice?: ReactNode;
  footer?: ReactNode;
  /** Called with the ids of rows that came into sight. */
  onSeen?: (ids: string[]) => void;
};

/** A list: filter bar, rows, what can be done with the selected ones, pager. Every list of the console is one. */
export function DataList<T extends ListRow, R extends ColumnsRoom = ColumnsRoom>(props: Props<T, R>) {
  const { label, columns, head, rows, nameOf, bar, sort, select, actions, busy = false, state, notice, footer } = props;
  const room = props.hidden?.room ?? ('persons' as R);
  const { hidden, toggle } = useHiddenColumns(room, props.hidden?.first ?? []);
  const chosen = useKeptSelection(label, select?.scope ?? '', rows, busy);
  const defs = useMemo(() => columns.map((column) => tableColumn(column, head(column.id))), [columns, head]);
  const columnVisibility = useMemo(
    () => Object.fromEntries((props.hidden ? hidden : []).map((id) => [id, false])),
    [hidden, props.hidden],
  );
  const sorting = useMemo(() => {
    const now = sort?.now ?? '';
    const desc = now.startsWith('-');
    return now ? [{ id: desc ? now.slice(1) : now, desc }] : [];
  }, [sort?.now]);
  const table = useTable({
    features,
    columns: defs,
    data: rows as T[],
    getRowId: ({ id }) => id,
    manualSorting: true,
    enableRowSelection: select !== undefined,
    isRowRangeSelectionEvent: shiftHeld,
    onRowSelectionChange: chosen.set,
    state: { columnVisibility, sorting, rowSelection: chosen.selected },
  });
  const quiet = useMemo(() => new Set(columns.flatMap(({ id, quiet: silent }) => (silent ? [id] : []))), [columns]);
  const clear = () => chosen.set({});
  const all: SelectAll | undefined = select && {
    count: Math.min(rows.length, select.most ?? rows.length),
    total: rows.length,
    complete: select.complete ?? true,
    select: () => chosen.set(Object.fromEntries(rows.slice(0, select.most).map(({ id }) => [id, true]))),
  };
  return (
    <div className="list rounded border bg-surface" data-list data-selecting={chosen.picked.length > 0 || undefined}>
      {bar ? (
        <FilterBar
          {...bar}
          columns={
            props.hidden ? (
              <ColumnsMenu
                columns={HIDEABLE[room].map((id) => ({ id: id as Hideable<R>, label: head(id) }))}
                hidden={hidden}
                toggle={toggle}
              />
            ) : null
          }
        />
      ) : null}
      {props.top}
      {notice}
      {state ?? (
        <DataTable
          table={table}
          label={label}
          nameOf={nameOf}
          total={props.total}
          busy={busy}
          all={all}
          selected={chosen.selected}
          faded={props.faded}
          actions={actions}
          sortHref={sort?.href}
          onSort={sort?.set}
          quiet={quiet}
          onSeen={props.onSeen}
        />
      )}
      {select && all && chosen.picked.length > 0 ? (
        <BulkBar picked={chosen.picked.length} elsewhere={chosen.elsewhere} all={all} clear={clear}>
          {select.renderActions(chosen.picked, clear)}
        </BulkBar>
      ) : null}
      {footer}
    </div>
  );
}

/** React's change events carry the click they came from. */
function shiftHeld(event: unknown): boolean {
  const { shiftKey, nativeEvent } = event as { shiftKey?: boolean; nativeEvent?: { shiftKey?: boolean } };
  return shiftKey ?? nativeEvent?.shiftKey ?? false;
}
