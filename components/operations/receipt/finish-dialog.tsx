'use client';

import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { StepsView } from '#components/operations/run/steps-view.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { fold } from '#lib/text/fold.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { endingOf, isUnconfirmed } from './ending.ts';

type Props = { entry: EntryView; open: boolean; close: () => void; finish: () => void };

/**
 * What *Finish* does with an entry: its steps that are not done, in order. Where one was sent and never confirmed it may happen twice, so a
 * word is typed first.
 */
export function FinishDialog({ entry, open, close, finish }: Props) {
  const t = useTranslations('operations');
  const id = useId();
  const [typed, type] = useState('');
  const left = entry.steps.filter(({ state }) => state !== 'done');
  const twice = endingOf(entry) === 'never-confirmed';
  const ready = !twice || fold(typed) === fold(t('finish.word'));
  return (
    <Dialog open={open} title={t('finish.title', { count: left.length })} onCancel={close} wide>
      <form
        method="post"
        className="mt-3 space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) finish();
        }}
      >
        <StepsView entry={{ steps: left }} />
        {left.some(isUnconfirmed) ? <p>{t(twice ? 'finish.twice' : 'finish.looked-at')}</p> : null}
        {twice ? (
          <Field id={id} label={t('type-to-confirm', { text: t('finish.word') })} hint={t('type-hint')}>
            <input
              id={id}
              value={typed}
              onChange={(event) => type(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              aria-describedby={`${id}-hint`}
              className={inputClass}
            />
          </Field>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="ghost" onClick={close}>
            {t('finish.cancel')}
          </Button>
          <Button type="submit" variant="primary" disabled={!ready} data-focus={twice ? undefined : true}>
            {t('continue')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
