'use client';

import type { DataRow, TableModel } from './features.ts';

type Props<T extends object> = {
  table: TableModel<T>;
  label: string;
  busy?: boolean;
  rowClass?: (row: DataRow<T>) => string;
};

/** A table where there is room for one, and cards on a phone: the same markup, its roles kept whatever its display. */
export function DataTable<T extends object>({ table, label, busy = false, rowClass }: Props<T>) {
  const chooses = table.getVisibleLeafColumns().some(({ id }) => id === 'select');
  return (
    <table
      role="table"
      aria-label={label}
      aria-busy={busy}
      className="w-full border-collapse max-sm:block lg:table-fixed"
    >
      <thead role="rowgroup" className="max-sm:sr-only">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} role="row" className="border-b">
            {group.headers.map((header) => (
              <th
                key={header.id}
                role="columnheader"
                scope="col"
                className={`h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 ${header.column.columnDef.meta?.width ?? ''} ${header.column.columnDef.meta?.shown ?? ''}`}
              >
                {header.isPlaceholder ? null : <table.FlexRender header={header} />}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            role="row"
            aria-selected={row.getIsSelected() || undefined}
            className={`relative border-b last:border-0 hover:bg-hover aria-selected:bg-accent-soft max-sm:grid max-sm:gap-x-3 max-sm:px-4 max-sm:py-3 ${chooses ? 'max-sm:grid-cols-[auto_1fr]' : 'max-sm:grid-cols-[minmax(0,1fr)]'} ${rowClass?.(row) ?? ''}`}
          >
            {row.getVisibleCells().map((cell) => (
              <td
                key={cell.id}
                role="cell"
                className={`cell ${cell.column.columnDef.meta?.shown ?? ''} ${cell.column.id === 'select' ? 'max-sm:row-span-full' : chooses ? 'max-sm:col-start-2' : ''}`}
              >
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
