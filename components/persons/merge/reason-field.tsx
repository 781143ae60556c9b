import { useTranslations } from 'use-intl/react';
import { TextField } from '#components/form/fields/text-field.tsx';
import { LONGEST_REASON } from '#lib/persons/merge/merge-address.ts';

/** Why people or identities are changed: optional, stored in Omni. The field `reason` of the form around it. */
export function ReasonField() {
  const t = useTranslations('merge');
  return <TextField name="reason" label={t('reason')} optional maxLength={LONGEST_REASON} />;
}
