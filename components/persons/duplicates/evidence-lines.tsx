'use client';

import { useTranslations } from 'use-intl/react';
import type { Evidence } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { evidenceWord } from './evidence-word.ts';

/** What speaks for two people being one, and what against it, in a line each. */
export function EvidenceLines({ evidence, likely }: { evidence: readonly Evidence[]; likely: boolean }) {
  const t = useTranslations('duplicates');
  const said = (which: Evidence['speaks']) => {
    const all = evidence.filter(({ speaks }) => speaks === which).map((one) => t(`evidence.${evidenceWord(one)}`));
    return all.length > 0 ? all.join(' · ') : t('nothing');
  };
  return (
    <dl className="border-y py-2 text-sm">
      {(['for', 'against'] as const).map((which) => (
        <div key={which} className="flex gap-2">
          <dt className="w-16 shrink-0 text-muted">{t(which)}</dt>
          <dd>{said(which)}</dd>
        </div>
      ))}
      {likely ? null : <dd className="mt-1 text-muted">{t('name-only')}</dd>}
    </dl>
  );
}
