'use client';

import type { ReactNode } from 'react';
import { Field, inputClass } from '#components/form/field.tsx';
import { useField } from '#components/form/use-field.ts';

type Props = {
  name: string;
  label: ReactNode;
  options: readonly { value: string; text: string }[];
  hint?: ReactNode;
  disabled?: boolean;
  /** The label stands beside the field already. */
  labelHidden?: boolean;
  /** Called with what somebody has just chosen. */
  onChosen?: (value: string) => void;
};

/** One of a few named values. */
export function SelectField({ name, label, options, hint, disabled, labelHidden, onChosen }: Props) {
  const { id, error, aria, form } = useField(name, { hint });
  return (
    <Field id={id} label={label} hint={hint} error={error} labelHidden={labelHidden}>
      <select
        id={id}
        {...aria}
        className={inputClass}
        {...form.register(name, onChosen ? { onChange: ({ target }) => onChosen(String(target.value)) } : {})}
        disabled={disabled}
      >
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Records with a name, as the options of a select. */
export function optionsOf(records: readonly { id: string; name: string }[]): { value: string; text: string }[] {
  return records.map(({ id, name }) => ({ value: id, text: name }));
}
