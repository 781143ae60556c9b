import type { ReactNode } from 'react';

export type LongColumn = {
  id: string;
  head: ReactNode;
  /** The sort order by this column; undefined where it can't sort. */
  sorted?: 'ascending' | 'descending' | 'none' | undefined;
  /** Classes of the column's head and cells for width and visibility. */
  width: string;
  /** Its head has a control, so it stays visible on a phone. */
  acts?: boolean;
};

type TableProps = {
  label: string;
  columns: readonly LongColumn[];
  rows: number;
  busy?: boolean;
  children: ReactNode;
};

/**
 * A table of thousands of rows: every row is a box of its own, a grid on a phone, so that the browser skips what is out of sight
 * (`content-visibility` does nothing on the rows of a real table). Its roles are kept whatever its display.
 */
export function LongTable({ label, columns, rows, busy = false, children }: TableProps) {
  return (
    <table role="table" aria-label={label} aria-busy={busy} aria-rowcount={rows + 1} className="block w-full">
      <thead role="rowgroup" className={`block ${columns.some(({ acts }) => acts) ? '' : 'max-sm:sr-only'}`}>
        <tr role="row" aria-rowindex={1} className="flex gap-x-3 border-b px-4 max-sm:flex-wrap">
          {columns.map(({ id, head, sorted, acts, width }) => (
            <th
              key={id}
              role="columnheader"
              scope="col"
              aria-sort={sorted}
              className={`flex h-9 min-w-0 items-center text-left text-xs font-medium whitespace-nowrap text-muted ${acts ? '' : 'max-sm:sr-only'} ${width}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="long-rows block">
        {children}
      </tbody>
    </table>
  );
}

type RowProps = { index: number; selected?: boolean; children: ReactNode };

/** One row; `index` counts from 0. */
export function LongRow({ index, selected = false, children }: RowProps) {
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected || undefined}
      className={`relative items-center sm:flex max-sm:grid gap-x-3 border-b px-4 py-2 last:border-0 hover:bg-hover aria-selected:bg-accent-soft in-data-[density=compact]:py-1 max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-y-1 max-sm:py-3`}
    >
      {children}
    </tr>
  );
}

/** One cell of a row. */
export function LongCell({ className = '', children }: { className?: string; children?: ReactNode }) {
  return (
    <td role="cell" className={`block min-w-0 p-0 ${className}`}>
      {children}
    </td>
  );
}
