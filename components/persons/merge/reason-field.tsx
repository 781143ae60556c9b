import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { LONGEST_REASON } from '#lib/persons/merge/merge-address.ts';

type Props = { value: string; change: (reason: string) => void; hint: string };

/** Why people or identities are changed: optional, stored in Omni. */
export function ReasonField({ value, change, hint }: Props) {
  const t = useTranslations('merge');
  return (
    <Field id="reason" label={t('reason')} aside={t('optional')} hint={hint}>
      <input
        id="reason"
        value={value}
        maxLength={LONGEST_REASON}
        onChange={(event) => change(event.target.value)}
        aria-describedby="reason-hint"
        className={inputClass}
      />
    </Field>
  );
}
