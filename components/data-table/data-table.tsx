'use client';

import type { Route } from 'next';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import {
  memo,
  useDeferredValue,
  useEffect,
  useRef,
  useState,
  useTransition,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { useTranslations } from 'use-intl/react';
import type { ListRow, TableModel, TableRow } from './features.ts';
import { useSelectAllText, type SelectAll } from './bulk-bar.tsx';
import { later } from '#components/ui/state/later.tsx';
import type { RowAction } from './rows/row-menu.tsx';
import { ListLine, type MenuAt } from './rows/table-row.tsx';
import { useRovingRows } from './rows/use-roving-rows.ts';
import { useSeenRows } from './rows/use-seen-rows.ts';
import { WholeText } from './rows/whole-text.tsx';

const RowMenu = later(() => import('./rows/row-menu.tsx').then((part) => part.RowMenu));

/** Drawn at once, a window full of them; the others follow while nothing else is to be done, until every row is in the page. */
const FIRST = 24;
const STEP = 300;

type Props<T extends ListRow> = {
  table: TableModel<T>;
  label: string;
  nameOf: (row: T) => string;
  /** Rows of the whole list, where that is known and more than those here. */
  total?: number | undefined;
  busy: boolean;
  /** Rows can be selected, and all of them so. */
  all: SelectAll | undefined;
  selected: Readonly<Record<string, true>>;
  faded?: ((row: T) => boolean) | undefined;
  actions?: ((row: T) => RowAction[]) | undefined;
  sortHref?: ((sort: string) => string) | undefined;
  onSort?: ((sort: string) => void) | undefined;
  quiet: ReadonlySet<string>;
  onSeen?: ((ids: string[]) => void) | undefined;
};

/** The rows of a list and their head: a table where there is room for one, cards on a phone, the same markup. */
export function DataTable<T extends ListRow>(props: Props<T>) {
  const { table, label, nameOf, total, busy, all, selected, faded, actions } = props;
  const selectable = all !== undefined;
  const t = useTranslations('list-tools');
  const body = useRef<HTMLTableSectionElement>(null);
  const [menu, openMenu] = useState<MenuAt<T> | null>(null);
  const { rows } = table.getRowModel();
  useSeenRows(body, props.onSeen);
  const drawn = useDrawn(rows.length);
  const shown = useDeferredValue(rows);
  const toggle = (id: string, range: boolean) => {
    const row = table.getRow(id);
    row.getToggleSelectedHandler()({ target: { checked: range || !row.getIsSelected() }, shiftKey: range });
  };
  const onKeyDown = useRovingRows(
    body,
    all
      ? {
          toggle,
          select: (id) => table.getRow(id).toggleSelected(true),
          all: () => all.complete && all.select(),
          clear: () => table.resetRowSelection(true),
        }
      : {},
  );
  const visible = table.getVisibleLeafColumns();
  const columns = visible.map(({ id }) => id).join(' ');
  const wraps = visible.some(({ columnDef }) => columnDef.meta?.wraps);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the controls in the rows */}
      <table
        role="table"
        aria-label={label}
        aria-busy={busy}
        aria-rowcount={(total ?? rows.length) + 1}
        onKeyDown={onKeyDown}
        className="block w-full"
      >
        <thead role="rowgroup" data-sticks="top" className="list-head tall:rows:sticky cards:sr-only">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} role="row" aria-rowindex={1} className="flex h-9 items-center gap-x-3 px-4">
              {all ? (
                <th role="columnheader" scope="col" className="block flex-none">
                  <AllBox table={table} all={all} />
                </th>
              ) : null}
              {group.headers.map(({ id, column }) => {
                const sorted = column.getIsSorted();
                const text = String(column.columnDef.header);
                return (
                  <th
                    key={id}
                    role="columnheader"
                    scope="col"
                    aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
                    className={`list-th ${column.columnDef.meta?.className ?? ''}`}
                  >
                    {props.quiet.has(id) ? <span className="sr-only">{text}</span> : <Head {...props} id={id} />}
                  </th>
                );
              })}
              {actions ? (
                <th role="columnheader" scope="col" className="block w-6 flex-none">
                  <span className="sr-only">{t('actions')}</span>
                </th>
              ) : null}
            </tr>
          ))}
        </thead>
        <tbody ref={body} role="rowgroup" data-wraps={wraps ? '' : undefined} className="list-rows block">
          <Rows
            rows={shown}
            drawn={drawn}
            FlexRender={table.FlexRender}
            columns={columns}
            nameOf={nameOf}
            selectable={selectable}
            selected={selected}
            faded={faded}
            openMenu={actions ? openMenu : undefined}
          />
        </tbody>
      </table>
      <WholeText rows={body} />
      {menu && actions ? (
        <RowMenu
          name={t('actions-of', { name: nameOf(menu.row) })}
          button={menu.button}
          actions={actions(menu.row)}
          close={() => openMenu(null)}
        />
      ) : null}
    </>
  );
}

type RowsProps<T extends ListRow> = Pick<Props<T>, 'nameOf' | 'faded' | 'selected'> & {
  rows: readonly TableRow<T>[];
  drawn: number;
  FlexRender: TableModel<T>['FlexRender'];
  columns: string;
  selectable: boolean;
  openMenu: ((at: MenuAt<T>) => void) | undefined;
};

function AllRows<T extends ListRow>({ rows, drawn, nameOf, faded, selected, ...line }: RowsProps<T>): ReactNode {
  return rows
    .slice(0, drawn)
    .map((row, index) => (
      <ListLine
        key={row.id}
        {...line}
        row={row}
        index={index}
        name={nameOf(row.original)}
        selected={selected[row.id] === true}
        faded={faded?.(row.original) ?? false}
      />
    ));
}

/** Looked at again only when something of them changed: what one clicks above thousands of them is painted first. */
const Rows = memo(
  AllRows,
  (was, is) =>
    was.rows === is.rows &&
    was.drawn === is.drawn &&
    was.columns === is.columns &&
    was.selectable === is.selectable &&
    was.selected === is.selected &&
    Boolean(was.openMenu) === Boolean(is.openMenu),
) as typeof AllRows;

/** How many rows are drawn: a window full with the page, the others right after, in pieces that a click interrupts. */
function useDrawn(count: number): number {
  const [drawn, setDrawn] = useState(FIRST);
  const [, start] = useTransition();
  useEffect(() => {
    if (drawn >= count) return;
    const timer = setTimeout(() => start(() => setDrawn((now) => now + STEP)));
    return () => clearTimeout(timer);
  }, [drawn, count]);
  return drawn;
}

function AllBox<T extends ListRow>({ table, all }: { table: TableModel<T>; all: SelectAll }) {
  const text = useSelectAllText()(all);
  const picked = table.getSelectedRowModel().rows.length;
  const every = picked > 0 && picked >= all.count;
  const some = picked > 0;
  return (
    <label className="grid size-target cursor-pointer place-items-center cards:hidden">
      <input
        type="checkbox"
        checked={every}
        ref={(box) => {
          if (box) box.indeterminate = !every && some;
        }}
        disabled={!all.complete && !some}
        onChange={() => (some && (every || !all.complete) ? table.resetRowSelection(true) : all.select())}
        aria-label={text}
        title={text}
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}

/** A head that orders the list is a link to the list in that order; it shows the order there is, and the next one. */
function Head<T extends ListRow>({ table, id, sortHref, onSort }: Props<T> & { id: string }) {
  const column = table.getColumn(id);
  if (!column) return null;
  const text = String(column.columnDef.header);
  const sorted = column.getIsSorted();
  const Icon = sorted === 'desc' ? ArrowDown : ArrowUp;
  const arrow = sorted ? <Icon aria-hidden className="size-3 shrink-0" /> : null;
  if (!column.getCanSort() || !sortHref)
    return (
      <span className="flex min-w-0 items-center gap-1">
        <span className="truncate">{text}</span>
        {arrow}
      </span>
    );
  const next = `${sorted === 'asc' ? '-' : ''}${id}`;
  return (
    <>
      <Link
        replace
        scroll={false}
        href={sortHref(next) as Route}
        onClick={(event: MouseEvent) => {
          if (!onSort || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onSort(next);
        }}
        className="-mx-1 flex min-h-target min-w-0 items-center gap-1 rounded-sm px-1 hover:text-text cards:hidden"
      >
        <span className="truncate">{text}</span>
        {arrow}
      </Link>
      <span className="rows:hidden">{text}</span>
    </>
  );
}
