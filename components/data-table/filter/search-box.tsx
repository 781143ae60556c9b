'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { AddressForm } from './address-form.tsx';

export type SearchBoxProps = {
  /** Its name in the address. */
  name: string;
  label: string;
  placeholder: string;
  value: string;
  /** Called when typing rests; at once where this is 0. Milliseconds. */
  restMs?: number;
  /** The other filters, for the form that works before the page is alive. */
  kept: Readonly<Record<string, string | undefined>>;
  change: (text: string) => void;
};

const REST_MS = 300;

/** The search of a list: a form of its own, so that Enter works before the page is alive. */
export function SearchBox({ name, label, placeholder, value, restMs = REST_MS, kept, change }: SearchBoxProps) {
  const t = useTranslations('list-tools');
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const field = useRef<HTMLInputElement>(null);
  if (known !== value) {
    // The address changed: by what was typed (which may have gone on since), or by a link.
    setKnown(value);
    if (text.trim() === known.trim() || restMs === 0) setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  function type(next: string, rest: number) {
    setText(next);
    clearTimeout(timer.current);
    if (rest === 0) change(next);
    else timer.current = setTimeout(() => change(next.trim()), rest);
  }
  return (
    <AddressForm role="search" className="relative min-w-0 flex-1 rows:max-w-72" change={() => type(text, 0)}>
      {Object.entries(kept).map(([id, chosen]) =>
        chosen && id !== name ? <input key={id} type="hidden" name={id} value={chosen} /> : null,
      )}
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted cards:top-3" />
      <input
        ref={field}
        type="search"
        name={name}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => type(target.value, restMs)}
        className="h-8 w-full min-w-0 rounded border border-edge/50 bg-surface px-7 text-sm text-ellipsis text-text cards:h-10 [&::-webkit-search-cancel-button]:hidden"
      />
      {text ? (
        <button
          type="button"
          aria-label={t('clear-search')}
          onClick={() => {
            type('', 0);
            field.current?.focus();
          }}
          className="absolute inset-y-0 right-0 grid w-7 place-items-center rounded text-muted hover:text-text cards:w-10"
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : null}
    </AddressForm>
  );
}
