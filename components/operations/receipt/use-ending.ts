'use client';

import { useTranslations } from 'use-intl/react';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { endingOf, type Ending } from './ending.ts';
import { useTexts } from './text-of.ts';

type Ended = Pick<EntryView, 'status' | 'steps' | 'problem'>;

/** The words for how an entry stands: a sentence, what more is known, and a badge's few words. */
export function useEnding(): (entry: Ended) => { ending: Ending; title: string; help: string; short: string } {
  const t = useTranslations('operations');
  const { title } = useTexts();
  return (entry) => {
    const ending = endingOf(entry);
    const { steps, problem } = entry;
    const values = {
      done: steps.filter(({ state }) => state === 'done').length,
      failed: steps.filter(({ state }) => state === 'failed').length,
      total: steps.length,
      why: problem ? title(problem) : '',
    };
    return {
      ending,
      title: t(`endings.${ending}.title`, values),
      help: t(`endings.${ending}.help`, values),
      short: t(`endings.${ending}.short`, values),
    };
  };
}
