'use client';

import type { ReactNode } from 'react';
import { useField } from '#components/form/use-field.ts';

type Props = { name: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

/** On or off, as a field of the form around it. It changes nothing by itself: the form is saved. */
export function SwitchField({ name, label, hint, disabled }: Props) {
  const { id, error, aria, form } = useField(name, { hint });
  return (
    <div>
      <label className="inline-flex min-h-8 cursor-pointer items-center gap-2 pointer-coarse:min-h-11">
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={Boolean(form.watch(name))}
          {...aria}
          disabled={disabled}
          className="relative h-5 w-9 shrink-0 cursor-[inherit] appearance-none rounded-full border border-edge bg-inset transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-edge before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-accent-on disabled:opacity-60"
          {...form.register(name)}
        />
        <span className="font-medium">{label}</span>
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-sm text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
