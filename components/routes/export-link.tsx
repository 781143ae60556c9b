'use client';

import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { buttonClass } from '#components/ui/button.tsx';

/** What the list shows now, as a file: the address follows the filter, and this follows the address. */
export function ExportLink() {
  return (
    <a href={`/routes/export?${useSearchParams()}`} className={buttonClass({})}>
      <Download aria-hidden className="size-4" />
      CSV
    </a>
  );
}
