'use client';

import { useTranslations } from 'use-intl/react';
import type { ReactNode } from 'react';
import { Field } from '#components/form/field.tsx';
import { KeyInput } from '#components/form/key-input.tsx';
import { useField } from '#components/form/use-field.ts';

type Props = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  whose: string;
  first?: boolean;
};

/** An API key of the form around it, hidden unless shown, and in no draft (`draft-storage.ts` names such fields). */
export function KeyField({ name, label, hint, optional = false, whose, first = false }: Props) {
  const t = useTranslations('form');
  const { id, error, aria, form } = useField(name, { hint });
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <KeyInput
        id={id}
        {...aria}
        data-focus={first}
        whose={whose}
        required={!optional}
        showLabel={t('show-key')}
        hideLabel={t('hide-key')}
        {...form.register(name)}
      />
    </Field>
  );
}
