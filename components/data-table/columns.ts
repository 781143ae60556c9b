import type { ReactNode } from 'react';
import type { ListRow, TableColumn } from './features.ts';

/** Widths of a column where rows are lines; `grow` shares what is left. */
const WIDTHS = {
  '2xs': 'rows:w-14 rows:flex-none',
  xs: 'rows:w-20 rows:flex-none',
  sm: 'rows:w-24 rows:flex-none',
  md: 'rows:w-32 rows:flex-none',
  lg: 'rows:w-40 rows:flex-none',
  xl: 'rows:w-48 rows:flex-none',
  grow: 'rows:flex-1',
  'grow-2': 'rows:flex-[2]',
  'grow-3': 'rows:flex-[3]',
  'grow-5': 'rows:flex-[5]',
} as const;

/** Where a cell stands on a card: in its first line (`end`: at the right), in its second (`when`: at the right), or nowhere. */
const CARD_PLACES = {
  title: 'cards:order-1 cards:flex-[1_1_0]',
  end: 'cards:order-2 cards:flex-none cards:max-w-[45%]',
  detail: 'cards:order-5 cards:max-w-max cards:flex-[1_1_0] cards:text-muted',
  when: 'cards:order-6 cards:ml-auto cards:flex-none cards:text-muted',
  none: 'cards:hidden',
} as const;

/** From which width of the list on a column is shown, where there is no room for all. */
const FROM = { wide: 'not-wide:rows:hidden', widest: 'not-widest:rows:hidden' } as const;

/** One column of a list, as data. */
export type ListColumn<T extends ListRow> = {
  id: string;
  /** The head is for screen readers only. */
  quiet?: boolean;
  cell: (row: T) => ReactNode;
  width: keyof typeof WIDTHS;
  card: keyof typeof CARD_PLACES;
  from?: keyof typeof FROM;
  /** The list can be ordered by it, under its id. */
  sort?: boolean;
  /** Figures stand at the right. */
  right?: boolean;
};

/** The same column for TanStack Table; `head` is its text. */
export function tableColumn<T extends ListRow>(column: ListColumn<T>, head: string): TableColumn<T> {
  const { id, cell, width, card, from, sort, right } = column;
  return {
    id,
    header: head,
    // TanStack sorts by what has a value only; here the server has sorted already.
    accessorFn: ({ id: row }) => row,
    cell: ({ row }) => cell(row.original),
    enableSorting: sort === true,
    meta: {
      className: `${WIDTHS[width]} ${CARD_PLACES[card]} ${from ? FROM[from] : ''} ${right ? 'rows:text-right rows:tabular-nums rows:justify-end' : ''}`,
    },
  };
}
