import { columnVisibilityFeature, rowSelectionFeature, tableFeatures } from '@tanstack/react-table';
import type { ColumnDef, ReactTable, Row } from '@tanstack/react-table';

/** What every table of the console can do: hide columns and select rows. Sorting, filtering and paging are the server's. */
export const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

type Features = typeof features;

export type DataColumn<T extends object> = ColumnDef<Features, T>;
export type DataRow<T extends object> = Row<Features, T>;
export type Table<T extends object> = ReactTable<Features, T>;
