import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';

/** The part of a wizard that shows what a change will do, and afterwards what it did. */
export function WhatHappens({ deciding, children }: { deciding: boolean; children: ReactNode }) {
  const t = useTranslations('merge');
  return (
    <section aria-labelledby="outcome-title" className="rounded border bg-surface p-4">
      <h2 id="outcome-title" className="mb-3">
        {t(deciding ? 'what-happens' : 'what-happened')}
      </h2>
      {children}
    </section>
  );
}
