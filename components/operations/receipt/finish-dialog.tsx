'use client';

import { useTranslations } from 'use-intl/react';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
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
  const form = useFormOf({ start: { typed: '' } });
  const left = entry.steps.filter(({ state }) => state !== 'done');
  const twice = endingOf(entry) === 'never-confirmed';
  const ready = !twice || fold(form.values.typed) === fold(t('finish.word'));
  return (
    <Dialog open={open} title={t('finish.title', { count: left.length })} onCancel={close} wide>
      <Form form={form} className="mt-3 space-y-4" submit={() => (ready ? finish() : undefined)}>
        <StepsView entry={{ steps: left }} />
        {left.some(isUnconfirmed) ? <p>{t(twice ? 'finish.twice' : 'finish.looked-at')}</p> : null}
        {twice ? (
          <TextField
            name="typed"
            label={t('type-to-confirm', { text: t('finish.word') })}
            autoComplete="off"
            spellCheck={false}
          />
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="ghost" onClick={close}>
            {t('finish.cancel')}
          </Button>
          <SubmitButton disabled={!ready} data-focus={twice ? undefined : true}>
            {t('continue')}
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}
