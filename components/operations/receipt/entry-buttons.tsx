'use client';

import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { endingOf } from './ending.ts';

type Props = { entry: EntryView; variant?: 'primary' };

/** *Finish*, where an entry can continue: *Try again* where no step is done, and how many are retried where some failed. */
export function ResumeButton({ entry, resume, ...look }: Props & { resume: () => void }) {
  const t = useTranslations('operations');
  if (!entry.continuable) return null;
  const ending = endingOf(entry);
  const failed = entry.steps.filter(({ state }) => state === 'failed').length;
  const words =
    ending === 'some-failed'
      ? t('retry-failed', { count: failed })
      : ending === 'refused' || ending === 'not-sent'
        ? t('again')
        : t('continue');
  return (
    <Button {...look} onClick={resume}>
      {words}
    </Button>
  );
}

/** *Undo*, where an entry has one; of an entry that stopped halfway it says how many steps. */
export function UndoButton({ entry, undo }: { entry: EntryView; undo: () => void }) {
  const t = useTranslations('operations');
  if (entry.undo !== 'possible') return null;
  const done = entry.steps.filter(({ state }) => state === 'done').length;
  return <Button onClick={undo}>{entry.continuable ? t('undo-steps', { count: done }) : t('undo')}</Button>;
}
