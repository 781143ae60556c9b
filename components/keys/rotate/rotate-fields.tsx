'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { OVERLAPS, type Overlap } from '#lib/keys/rotate/rotate-rules.ts';

const QUIET_CHOICES = [1, 5, 15, 60, 1440];

type OverlapProps = { value: Overlap; own: boolean; choose: (value: Overlap) => void };

/** When the old key expires. `own`: it has an expiry of its own. */
export function OverlapField({ value, own, choose }: OverlapProps) {
  const t = useTranslations('rotation');
  const id = useId();
  const all = [...(Object.keys(OVERLAPS) as Overlap[]), ...(own ? (['own'] as const) : [])];
  return (
    <Field id={id} label={t('old-key-expires')}>
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

type QuietProps = { value: number; choose: (minutes: number) => void };

/** After how long without requests the old key counts as unused. */
export function QuietField({ value, choose }: QuietProps) {
  const t = useTranslations('rotation');
  const id = useId();
  return (
    <Field id={id} label={t('unused-after')}>
      <select id={id} value={value} onChange={(event) => choose(Number(event.target.value))} className={inputClass}>
        {QUIET_CHOICES.map((minutes) => (
          <option key={minutes} value={minutes}>
            {t('minutes', { minutes })}
          </option>
        ))}
      </select>
    </Field>
  );
}
