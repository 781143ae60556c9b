import type { ReactNode } from 'react';

type Head = {
  id: string;
  label: ReactNode;
  width: string;
  sorted?: 'ascending' | 'descending' | undefined;
  /** Its head has a control, so it stays visible on a phone. */
  acts?: boolean;
};

/** A table rendered on the server: rows on wide screens, cards on a phone, with the same roles. */
export function PlainTable({ label, heads, children }: { label: string; heads: readonly Head[]; children: ReactNode }) {
  return (
    <table role="table" aria-label={label} className="w-full border-collapse max-sm:block sm:table-fixed">
      <thead role="rowgroup" className={heads.some(({ acts }) => acts) ? 'max-sm:block' : 'max-sm:sr-only'}>
        <tr role="row" className="border-b max-sm:flex max-sm:flex-wrap max-sm:gap-x-4 max-sm:px-4">
          {heads.map(({ id, label: head, width, sorted, acts }) => (
            <th
              key={id}
              role="columnheader"
              scope="col"
              aria-sort={sorted}
              className={`h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 ${acts ? 'max-sm:flex max-sm:w-auto max-sm:items-center max-sm:px-0 max-sm:first:pl-0' : 'max-sm:sr-only'} ${width}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {children}
      </tbody>
    </table>
  );
}

export function PlainRow({ children }: { children: ReactNode }) {
  return (
    <tr role="row" className="relative border-b last:border-0 hover:bg-hover max-sm:block max-sm:px-4 max-sm:py-3">
      {children}
    </tr>
  );
}

type CellProps = { label?: string; more?: string; hidden?: boolean; children: ReactNode };

/** `label` is shown on a phone, where there is no head. A `hidden` cell is not rendered. */
export function PlainCell({ label, more = '', hidden = false, children }: CellProps) {
  if (hidden) return null;
  return (
    <td role="cell" className={`cell align-top text-sm max-sm:flex max-sm:gap-2 ${more}`}>
      {label ? (
        <span aria-hidden className="w-24 shrink-0 text-muted sm:hidden">
          {label}
        </span>
      ) : null}
      <div className="min-w-0 grow">{children}</div>
    </td>
  );
}
