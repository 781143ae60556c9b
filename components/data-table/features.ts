import { columnVisibilityFeature, rowSelectionFeature, tableFeatures } from '@tanstack/react-table';
import type { ColumnDef, ReactTable, Row } from '@tanstack/react-table';

/** Classes: `width` for the head, which rules the column in a fixed layout; `shown` for every cell, where there may be no room. */
type ColumnMeta = { width?: string; shown?: string };

/** What every table of the console can do: hide columns and select rows. Sorting, filtering and paging are the server's. */
export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: {} as ColumnMeta,
});

type Features = typeof features;

export type DataColumn<T extends object> = ColumnDef<Features, T>;
export type DataRow<T extends object> = Row<Features, T>;
export type Table<T extends object> = ReactTable<Features, T>;
