'use client';

import type { ReactNode } from 'react';
import { useField } from '#components/form/use-field.ts';

type Props = {
  name: string;
  label: string;
  options: readonly { value: string; title: ReactNode; help?: ReactNode; disabled?: boolean }[];
};

/** A few choices that need a sentence each: native radios, so arrows move between them. A field of the form around it. */
export function ChoiceCards({ name, label, options }: Props) {
  const { error, form } = useField(name);
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {options.map(({ value, title, help, disabled }) => (
          <label
            key={value}
            className="flex cursor-pointer items-start gap-3 rounded border border-edge/60 bg-surface p-3 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text has-disabled:cursor-not-allowed has-disabled:opacity-60"
          >
            <input
              type="radio"
              value={value}
              disabled={disabled}
              className="mt-0.5 size-4 shrink-0 accent-(--accent) outline-none"
              {...form.register(name)}
            />
            <span className="min-w-0">
              <span className="block font-medium">{title}</span>
              {help ? <span className="block text-sm text-muted">{help}</span> : null}
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <p role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
