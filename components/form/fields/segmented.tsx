'use client';

import type { ReactNode } from 'react';
import { Controller } from 'react-hook-form';
import { useField } from '#components/form/use-field.ts';

type Props<T extends string> = {
  name: string;
  label: string;
  value: T;
  options: readonly { value: T; text: ReactNode }[];
  choose: (value: T) => void;
  disabled?: boolean;
  /** The label stands above; else nobody sees it. */
  above?: boolean;
};

/** A few choices side by side: native radios, so arrows move between them. */
export function Segmented<T extends string>({ name, label, value, options, choose, disabled, above }: Props<T>) {
  const radios = (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex max-w-full flex-wrap gap-0.5 rounded border border-edge/60 bg-inset p-0.5"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex min-h-7 cursor-pointer items-center rounded-sm px-2 text-sm text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-text has-checked:ring-1 has-checked:ring-edge has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent-text has-disabled:cursor-not-allowed"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => choose(option.value)}
            className="absolute inset-0 cursor-[inherit] appearance-none outline-none"
          />
          {option.text}
        </label>
      ))}
    </div>
  );
  if (!above) return radios;
  return (
    <div>
      <p aria-hidden className="mb-1 font-medium">
        {label}
      </p>
      {radios}
    </div>
  );
}

type FieldProps<T extends string> = Pick<Props<T>, 'name' | 'label' | 'options' | 'disabled'>;

/** The same as a field of the form around it, with its label above. */
export function SegmentedField<T extends string>({ name, label, options, disabled }: FieldProps<T>) {
  const { id, form } = useField(name);
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <Segmented
          name={id}
          label={label}
          value={field.value as T}
          options={options}
          choose={field.onChange}
          disabled={disabled}
          above
        />
      )}
    />
  );
}
