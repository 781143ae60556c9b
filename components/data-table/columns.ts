import type { ReactNode } from 'react';
import type { ListRow, TableColumn } from './features.ts';

/*
 * Each is one class of `app/styles/columns.css`: a page sends them with every cell.
 */

/** Widths of a column where rows are lines; `grow` shares what is left. */
const WIDTHS = {
  '2xs': 'col-2xs',
  xs: 'col-xs',
  sm: 'col-sm',
  md: 'col-md',
  lg: 'col-lg',
  xl: 'col-xl',
  grow: 'col-grow',
  'grow-2': 'col-grow-2',
  'grow-3': 'col-grow-3',
  'grow-4': 'col-grow-4',
  'grow-5': 'col-grow-5',
} as const;

/**
 * Where a cell stands on a card: in its first line (`end`: at the right), in its second (`when`: at the right), in lines of its own
 * below (`line`: whole, however long), or nowhere.
 */
const CARD_PLACES = {
  title: 'card-title',
  end: 'card-end',
  detail: 'card-detail',
  when: 'card-when',
  line: 'card-line',
  none: 'card-none',
} as const;

/** From which width of the list on a column is shown, where there is no room for all. */
const FROM = { wide: 'from-wide', widest: 'from-widest' } as const;

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
  /** It is whole, however long: where it has no room in one line, the row is higher. */
  wraps?: boolean;
};

/** The same column for TanStack Table; `head` is its text. */
export function tableColumn<T extends ListRow>(column: ListColumn<T>, head: string): TableColumn<T> {
  const { id, cell, width, card, from, sort, right, wraps } = column;
  return {
    id,
    header: head,
    // TanStack sorts by what has a value only; here the server has sorted already.
    accessorFn: ({ id: row }) => row,
    cell: ({ row }) => cell(row.original),
    enableSorting: sort === true,
    meta: {
      wraps: wraps ?? false,
      className: [WIDTHS[width], CARD_PLACES[card], from && FROM[from], right && 'col-right', wraps && 'col-wraps']
        .filter(Boolean)
        .join(' '),
    },
  };
}
