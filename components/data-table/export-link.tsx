'use client';

import { useSearchParams } from 'next/navigation';
import { CsvLink } from './csv-link.tsx';

/** The list with its current filters, which stand in the address, as a file. */
export function ExportLink({ path }: { path: string }) {
  return <CsvLink href={`${path}?${useSearchParams()}`} />;
}
