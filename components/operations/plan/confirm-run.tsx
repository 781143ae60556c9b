'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { useHeadline } from '#components/operations/change/use-headline.ts';
import type { Plan } from '#lib/operations/plan/define.ts';
import { askedFor, typedMeans } from './typed-to-confirm.ts';

type Props = {
  plan: Plan;
  label: string;
  /** `previewing`: the plan is made anew. `starting`: it was agreed to. */
  busy: 'previewing' | 'starting' | null;
  /** On a phone the button stands in a bar at the bottom, with the plan in one line. */
  bar?: boolean;
  run: () => void;
};

/** The button that runs the plan. When the plan asks for it, a text must be typed first; accents and spaces don't matter. */
export function ConfirmRun({ plan, label, busy, bar = false, run }: Props) {
  const t = useTranslations('operations');
  const headline = useHeadline();
  const form = useFormOf({ start: { typed: '', askedFor: '' } });
  const { setValue, setError, clearErrors, values } = form;
  const wanted = askedFor(plan.typed, (verb) => t(`typed-words.${verb}`));
  const asked = wanted?.text ?? '';
  const means = typedMeans(plan);
  const ready = !wanted || wanted.met(values.typed);
  const changed = !ready && values.typed !== '' && values.askedFor !== '' && values.askedFor !== asked;
  useEffect(() => {
    if (changed) setError('typed', { type: 'changed', message: 'typed-other' });
    else clearErrors('typed');
  }, [changed, setError, clearErrors]);
  return (
    <Form form={form} className="space-y-3" submit={() => (ready && !busy ? run() : undefined)}>
      {wanted ? (
        <TextField
          name="typed"
          label={t('type-to-confirm', { text: asked })}
          hint={means ? t(`typed-means.${means}`) : undefined}
          readOnly={busy === 'starting'}
          onInput={() => setValue('askedFor', asked)}
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
      <div
        data-sticks={bar ? 'bottom' : undefined}
        className={
          bar
            ? 'flex flex-wrap items-center gap-x-4 gap-y-1 tall:max-lg:fixed tall:max-lg:inset-x-0 tall:max-lg:bottom-14 tall:max-lg:z-10 tall:max-lg:border-t tall:max-lg:bg-surface tall:max-lg:px-4 tall:max-lg:py-2 tall:md:max-lg:bottom-0 tall:md:max-lg:left-14'
            : ''
        }
      >
        {bar ? (
          <p aria-hidden className="min-w-0 grow basis-40 text-sm text-muted lg:hidden">
            {ready ? headline(plan) : t('type-to-confirm', { text: asked })}
          </p>
        ) : null}
        <SubmitButton
          variant={plan.losses.length > 0 ? 'danger' : 'primary'}
          disabled={!ready}
          waits={busy !== null}
          className={bar ? 'lg:w-full' : ''}
        >
          {busy === 'starting' ? t('starting') : label}
        </SubmitButton>
      </div>
    </Form>
  );
}
