'use client';

import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/ui/field.tsx';
import type { Plan } from '#lib/operations/define.ts';
import { fold } from '#lib/text/fold.ts';

type Props = { plan: Plan; label: string; busy: boolean; run: () => void };

/** The button that does it. When something is lost, what goes must be typed first; accents and spaces don't matter. */
export function ConfirmRun({ plan, label, busy, run }: Props) {
  const t = useTranslations('operations');
  const id = useId();
  const [typed, setTyped] = useState('');
  const wanted = plan.typed && ('text' in plan.typed ? [plan.typed.text] : [t('join-word'), 'JOIN', 'UNIR']);
  const ready = !wanted || wanted.some((text) => fold(text) === fold(typed));
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
        <Field id={id} label={t('type-to-confirm', { text: wanted[0] ?? '' })} hint={t('type-hint')}>
          <input
            id={id}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${id}-hint`}
            className={inputClass}
          />
        </Field>
      ) : null}
      <Button type="submit" variant={plan.losses.length > 0 ? 'danger' : 'primary'} disabled={!ready || busy}>
        {busy ? t('starting') : label}
      </Button>
    </form>
  );
}
