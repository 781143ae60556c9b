import { columnVisibilityFeature, rowSelectionFeature, tableFeatures } from '@tanstack/react-table';
import type { ColumnDef, ReactTable, Row } from '@tanstack/react-table';

/** Classes: `width` of the head, which sets the column's width in a fixed layout; `shown` of every cell, for narrow windows. */
type ColumnMeta = { width?: string; shown?: string };

/** The features of every table: hidden columns and row selection. Sorting, filtering and paging are done by the server. */
export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: {} as ColumnMeta,
});

type Features = typeof features;

export type DataColumn<T extends object> = ColumnDef<Features, T>;
export type DataRow<T extends object> = Row<Features, T>;
export type TableModel<T extends object> = ReactTable<Features, T>;
