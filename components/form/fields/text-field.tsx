'use client';

import type { ComponentProps, ReactNode } from 'react';
import { Field, inputClass } from '#components/form/field.tsx';
import { useField } from '#components/form/use-field.ts';

type Props = Omit<ComponentProps<'input'>, 'name' | 'id'> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  /** The label stands beside the field already. */
  labelHidden?: boolean;
};

/** One line of text of the form around it. */
export function TextField({ name, label, hint, optional, labelHidden, className = '', ...rest }: Props) {
  const { id, error, aria, form } = useField(name, { hint });
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} labelHidden={labelHidden}>
      <input id={id} {...aria} className={`${inputClass} ${className}`} {...rest} {...form.register(name)} />
    </Field>
  );
}
