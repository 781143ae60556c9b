'use client';

import { useId, type ReactNode } from 'react';
import { useField } from '#components/form/use-field.ts';

type Option<T extends string> = { value: T; title: ReactNode; help?: ReactNode; disabled?: boolean };
type CardsProps<T extends string> = {
  label: string;
  options: readonly Option<T>[];
  error?: ReactNode;
  radio: (value: T) => object;
};

function Cards<T extends string>({ label, options, error, radio }: CardsProps<T>) {
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
              {...radio(value)}
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

type Props<T extends string> = { label: string; options: readonly Option<T>[] };

/** A few choices that need a sentence each: native radios, so arrows move between them. A field of the form around it. */
export function ChoiceCards<T extends string>({ name, ...rest }: Props<T> & { name: string }) {
  const { error, form } = useField(name);
  return <Cards {...rest} error={error} radio={() => form.register(name)} />;
}

type ChosenProps<T extends string> = Props<T> & { value: T | null; choose: (value: T) => void };

/** The same for what follows from other fields; `value` null: none of them. */
export function ChoiceCardsOf<T extends string>({ value, choose, ...rest }: ChosenProps<T>) {
  const name = useId();
  return <Cards {...rest} radio={(one) => ({ name, checked: one === value, onChange: () => choose(one) })} />;
}
