import type { ReactNode } from 'react';

export const inputClass =
  'h-10 w-full min-w-0 rounded border border-edge bg-surface px-3 text-text disabled:opacity-60 aria-invalid:border-danger';

type Props = {
  id: string;
  label: ReactNode;
  aside?: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
};

/** A labelled control. Give the control `id`, and `aria-describedby` of `${id}-hint` and `${id}-error` where those are shown. */
export function Field({ id, label, aside, hint, error, children }: Props) {
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside ? <span className="text-xs text-muted">{aside}</span> : null}
      </div>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
