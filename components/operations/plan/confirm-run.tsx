'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import type { Plan } from '#lib/operations/plan/define.ts';
import { askedFor } from './typed-to-confirm.ts';

/** What was typed to confirm, and what it was asked for then. */
export type Typed = { text: string; askedFor: string };

type Props = {
  plan: Plan;
  label: string;
  /** `previewing`: the plan is made anew. `starting`: it was agreed to. */
  busy: 'previewing' | 'starting' | null;
  typed: Typed;
  type: (typed: Typed) => void;
  run: () => void;
};

/** The button that runs the plan. When the plan asks for it, a text must be typed first; accents and spaces don't matter. */
export function ConfirmRun({ plan, label, busy, typed, type, run }: Props) {
  const t = useTranslations('operations');
  const id = useId();
  const wanted = askedFor(plan.typed, (verb) => t(`typed-words.${verb}`));
  const asked = wanted?.text ?? '';
  const ready = !wanted || wanted.met(typed.text);
  const changed = !ready && typed.text !== '' && typed.askedFor !== asked;
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) run();
      }}
      className="space-y-3"
    >
      {wanted ? (
        <Field
          id={id}
          label={t('type-to-confirm', { text: asked })}
          hint={t('type-hint')}
          error={changed ? t('type-changed', { text: asked }) : undefined}
        >
          <input
            id={id}
            value={typed.text}
            onChange={(event) => type({ text: event.target.value, askedFor: asked })}
            readOnly={busy === 'starting'}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={changed}
            aria-describedby={changed ? `${id}-error ${id}-hint` : `${id}-hint`}
            className={inputClass}
          />
        </Field>
      ) : null}
      <Button
        type="submit"
        variant={plan.losses.length > 0 ? 'danger' : 'primary'}
        disabled={!ready}
        aria-disabled={busy !== null}
      >
        {busy === 'starting' ? t('starting') : label}
      </Button>
    </form>
  );
}
