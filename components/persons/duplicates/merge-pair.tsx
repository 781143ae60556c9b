'use client';

import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { Button } from '#components/ui/button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { ComparedPerson } from '#lib/persons/duplicates/queue.ts';
import { shortName } from '#lib/text/short-name.ts';

type Props = {
  survivor: ComparedPerson;
  duplicate: ComparedPerson;
  settle: () => void;
  undo: (entryId: string) => void;
  next: () => void;
};

/** The review of merging the open pair: the merge's own plan. Done, the pair leaves the list, with *Undo* in a toast. */
export function MergePair({ survivor, duplicate, settle, undo, next }: Props) {
  const t = useTranslations('duplicates');
  const tOperations = useTranslations('operations');
  const toast = useToast();
  const { saidAfter } = useTexts();
  const change = useChange({
    name: 'persons.merge',
    start: {},
    input: () => ({ duplicate: duplicate.id, survivor: survivor.id, fields: {}, routes: {}, reason: '' }),
    onEnd: (entry) => {
      if (entry.status !== 'done') return;
      const run = () => undo(entry.id);
      const offered = entry.undo === 'possible' ? { action: { label: tOperations('undo'), run } } : {};
      toast({ text: saidAfter(entry.title), ...offered });
      settle();
      readPageAgain();
    },
  });
  const name = survivor.name ?? survivor.phone?.text ?? survivor.email ?? t('no-name');
  return (
    <ChangeForm
      inside
      change={change}
      runLabel={t('merge-into', { name: shortName(name) })}
      afterwards={<Button onClick={next}>{t('next')}</Button>}
    />
  );
}
