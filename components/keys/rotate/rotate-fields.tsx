'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { OVERLAPS, type Overlap } from '#lib/keys/rotate/rotate-rules.ts';

const SILENCES = [1, 5, 15, 60, 1440];

type OverlapProps = { value: Overlap; own: boolean; choose: (value: Overlap) => void };

/** How long the old key goes on. `own`: it has an end of its own. */
export function OverlapField({ value, own, choose }: OverlapProps) {
  const t = useTranslations('rotation');
  const id = useId();
  const all = [...(Object.keys(OVERLAPS) as Overlap[]), ...(own ? (['own'] as const) : [])];
  return (
    <Field id={id} label={t('overlap')}>
      <select id={id} value={value} onChange={(event) => choose(event.target.value as Overlap)} className={inputClass}>
        {all.map((one) => (
          <option key={one} value={one}>
            {t(`overlaps.${one}`)}
          </option>
        ))}
      </select>
    </Field>
  );
}

type SilenceProps = { value: number; choose: (minutes: number) => void };

/** After how long without a call the old key counts as silent. */
export function SilenceField({ value, choose }: SilenceProps) {
  const t = useTranslations('rotation');
  const id = useId();
  return (
    <Field id={id} label={t('silent-after')}>
      <select id={id} value={value} onChange={(event) => choose(Number(event.target.value))} className={inputClass}>
        {SILENCES.map((minutes) => (
          <option key={minutes} value={minutes}>
            {t('minutes', { minutes })}
          </option>
        ))}
      </select>
    </Field>
  );
}
