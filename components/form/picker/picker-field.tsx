'use client';

import type { ReactNode } from 'react';
import { Controller } from 'react-hook-form';
import { Field } from '#components/form/field.tsx';
import { useField } from '#components/form/use-field.ts';
import type { PickerOption, PickerSearch } from './option.ts';
import { Picker } from './picker.tsx';

type Props = {
  name: string;
  label: string;
  search: PickerSearch;
  hint?: ReactNode;
  optional?: boolean;
  placeholder?: string;
};

/** One thing picked by name, as a field of the form around it: its value is the option, or null. */
export function PickerField({ name, label, search, hint, optional = false, placeholder }: Props) {
  const { id, error, aria, form } = useField(name, { hint });
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional}>
      <Controller
        control={form.control}
        name={name}
        render={({ field }) => (
          <Picker
            id={id}
            label={label}
            placeholder={placeholder}
            chosen={(field.value ?? null) as PickerOption | null}
            search={search}
            pick={field.onChange}
            describedBy={aria['aria-describedby']}
            invalid={Boolean(error)}
            clearable
          />
        )}
      />
    </Field>
  );
}
