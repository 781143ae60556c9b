'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { inputClass } from './field.tsx';

type Props = ComponentProps<'input'> & {
  'data-focus'?: boolean;
  /** Whose key it is ("Ana @ Production"): the user name for password managers. */
  whose: string;
  showLabel: string;
  hideLabel: string;
};

/** An input for an API key, hidden unless shown. A password manager sees a user name and a password. */
export function KeyInput({ whose, showLabel, hideLabel, className = '', ...rest }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={whose}
        readOnly
        tabIndex={-1}
        aria-hidden
        className="sr-only"
      />
      <input
        type={shown ? 'text' : 'password'}
        autoComplete="current-password"
        autoCapitalize="none"
        spellCheck={false}
        required
        className={`${inputClass} pr-11 font-mono ${className}`}
        {...rest}
      />
      <button
        type="button"
        aria-pressed={shown}
        aria-label={shown ? hideLabel : showLabel}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded text-muted hover:text-text"
      >
        {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
      </button>
    </div>
  );
}
