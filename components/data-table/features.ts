import { columnVisibilityFeature, rowSelectionFeature, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { ColumnDef, ReactTable, Row } from '@tanstack/react-table';

/** Classes of a column's head and cells; whether its rows may be higher than one line. */
type ColumnMeta = { className: string; wraps: boolean };

/** The features of every list. Rows come filtered, ordered and paged; which order they have stands in the address. */
export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  columnMeta: {} as ColumnMeta,
});

type Features = typeof features;

/** What every row of a list has. */
export type ListRow = { id: string };

export type TableColumn<T extends ListRow> = ColumnDef<Features, T>;
export type TableRow<T extends ListRow> = Row<Features, T>;
export type TableModel<T extends ListRow> = ReactTable<Features, T>;
