'use client';

import { useSearchParams } from 'next/navigation';
import { CsvLink } from './csv-link.tsx';

/** What the list shows now, as a file: the address follows the filter, and this follows the address. */
export function ExportLink({ path }: { path: string }) {
  return <CsvLink href={`${path}?${useSearchParams()}`} />;
}
