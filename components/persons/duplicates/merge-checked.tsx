'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { Button } from '#components/ui/button.tsx';
import { groupsOf } from '#lib/persons/duplicates/groups.ts';
import type { QueuedPair } from '#lib/persons/duplicates/queue.ts';

type Props = {
  pairs: readonly QueuedPair[];
  /** Back to the pairs one by one; `done`: they are merged. */
  close: (done: boolean) => void;
};

/** The review of merging all checked pairs in one plan, and its receipt. */
export function MergeChecked({ pairs, close }: Props) {
  const t = useTranslations('duplicates');
  const [done, setDone] = useState(false);
  const [first, ...also] = groupsOf(pairs);
  const change = useChange({
    name: 'persons.merge-many',
    start: {},
    input: () => (first ? { ...first, ...(also.length > 0 ? { also } : {}), reason: '' } : undefined),
    onEnd: (entry) => {
      // An undo ends here, too: then they are two again.
      setDone(entry.operation === 'persons.merge-many' && entry.status === 'done');
      readPageAgain();
    },
  });
  const count = [first, ...also].reduce((sum, group) => sum + (group?.duplicates.length ?? 0), 0);
  return (
    <section aria-label={t('checked', { count })} className="min-w-0 space-y-3 p-4 max-lg:border-t">
      <h2>{t('checked', { count })}</h2>
      <ChangeForm
        inside
        change={change}
        runLabel={t('merge-checked', { count })}
        afterwards={<Button onClick={() => close(done)}>{t('next')}</Button>}
      />
      {change.deciding ? (
        <Button size="sm" variant="ghost" onClick={() => close(false)}>
          {t('one-by-one')}
        </Button>
      ) : null}
    </section>
  );
}
