'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';

export const inputClass =
  'min-h-8 pointer-coarse:min-h-11 w-full min-w-0 rounded border border-edge bg-surface px-3 text-text disabled:opacity-60 aria-disabled:opacity-60 aria-invalid:border-danger';

type Props = {
  id: string;
  label: ReactNode;
  optional?: boolean;
  labelHidden?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
};

/** A labelled control. Give the control `id`, and `aria-describedby` of `${id}-hint` and `${id}-error` where those are shown. */
export function Field({ id, label, optional = false, labelHidden = false, hint, error, children }: Props) {
  return (
    <div className="min-w-0">
      <div className={labelHidden ? 'sr-only' : 'mb-1 flex items-baseline justify-between gap-2'}>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {optional ? <Optional /> : null}
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

function Optional() {
  return <span className="text-xs text-muted">{useTranslations('form')('optional')}</span>;
}
