import type { ReactNode } from 'react';

type Props = { label: string; head: ReactNode; children: ReactNode };

/** A table the server writes, without anything to sort: cards on a phone, its roles kept whatever its display. */
export function PlainTable({ label, head, children }: Props) {
  return (
    <table role="table" aria-label={label} className="w-full border-collapse max-sm:block lg:table-fixed">
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row" className="border-b">
          {head}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {children}
      </tbody>
    </table>
  );
}

/** `className` places the cells of the card a row is on a phone. */
export function PlainRow({ children, className }: { children: ReactNode; className: string }) {
  return (
    <tr
      role="row"
      className={`border-b last:border-0 hover:bg-hover max-sm:grid max-sm:gap-x-3 max-sm:px-4 max-sm:py-2 ${className}`}
    >
      {children}
    </tr>
  );
}

export function PlainHead({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={`h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 ${className}`}
    >
      {children}
    </th>
  );
}

export function PlainCell({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <td
      role="cell"
      className={`px-3 py-2 align-middle first:pl-4 last:pr-4 in-data-[density=compact]:py-1 max-sm:p-0 max-sm:py-0.5 max-sm:first:pl-0 max-sm:last:pr-0 ${className}`}
    >
      {children}
    </td>
  );
}
