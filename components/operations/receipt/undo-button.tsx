'use client';

import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';

/** *Undo*, where an entry has one; of an entry that stopped halfway it says how many steps. */
export function UndoButton({ entry, undo }: { entry: EntryView; undo: () => void }) {
  const t = useTranslations('operations');
  if (entry.undo !== 'possible') return null;
  const done = entry.steps.filter(({ state }) => state === 'done').length;
  return <Button onClick={undo}>{entry.continuable ? t('undo-steps', { count: done }) : t('undo')}</Button>;
}
