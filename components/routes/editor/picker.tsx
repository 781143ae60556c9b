'use client';

import { Check, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';

export type PickerOption = { id: string; name: string; detail?: string; warn?: string };
export type PickerRows = { rows: PickerOption[]; problem?: string };

type Props = {
  id: string;
  label: string;
  chosen: PickerOption | null;
  /** The rows for what is typed; the signal ends a search that a newer one replaces. */
  search: (text: string, signal: AbortSignal) => Promise<PickerRows> | PickerRows;
  pick: (option: PickerOption | null) => void;
  disabled?: boolean;
  placeholder?: string;
  describedBy?: string;
  clearable?: boolean;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const REST_MS = 200;
const UNREACHABLE: PickerRows = { rows: [], problem: 'console_unreachable' };

/** Chooses one of many by name; a pasted id is taken as it is. Arrows, Enter and Escape as in any combobox. */
export function Picker({ id, label, chosen, search, pick, disabled, placeholder, describedBy, clearable }: Props) {
  const t = useTranslations('picker');
  const list = useId();
  const [text, setText] = useState<string | null>(null);
  const [found, setFound] = useState<PickerRows | null>(null);
  const [at, setAt] = useState(-1);
  const call = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** `hurried`: Enter was pressed while the answer to what stands in the field was on its way. */
  const wait = useRef<'no' | 'asked' | 'hurried'>('no');
  const open = text !== null;
  const rows = found?.rows ?? [];
  const active = rows[at];
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      call.current?.abort();
    },
    [],
  );

  function searchSoon(query: string, delay: number) {
    call.current?.abort();
    clearTimeout(timer.current);
    wait.current = 'asked';
    setAt(-1);
    const own = new AbortController();
    call.current = own;
    timer.current = setTimeout(() => void answer(query.trim(), own), delay);
  }

  async function answer(query: string, own: AbortController) {
    const known = await Promise.resolve(search(query, own.signal)).catch(() => UNREACHABLE);
    if (own.signal.aborted) return;
    const [first] = known.rows;
    const hurried = wait.current === 'hurried';
    wait.current = 'no';
    if (hurried && first) {
      close();
      return pick(first);
    }
    setFound(known);
    setAt(query && first ? 0 : -1);
  }

  function type(next: string) {
    if (UUID.test(next.trim())) return choose({ id: next.trim().toLowerCase(), name: next.trim().toLowerCase() });
    setText(next);
    searchSoon(next, REST_MS);
  }

  function show() {
    if (open || disabled) return;
    setText('');
    searchSoon('', 0);
  }

  function close() {
    call.current?.abort();
    clearTimeout(timer.current);
    wait.current = 'no';
    setText(null);
    setFound(null);
    setAt(-1);
  }

  function choose(option: PickerOption) {
    const known = rows.find((row) => row.id === option.id);
    close();
    pick(known ?? option);
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      if (open) event.preventDefault();
      close();
    } else if (event.key === 'Enter') {
      if (!open) return;
      event.preventDefault();
      if (active) choose(active);
      else if (text.trim() && wait.current === 'asked') wait.current = 'hurried';
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show();
      if (wait.current === 'hurried') wait.current = 'asked';
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((now) => (rows.length === 0 ? -1 : (now + step + rows.length) % rows.length));
    }
  }

  return (
    <div
      className="relative"
      onBlur={(event) => (event.currentTarget.contains(event.relatedTarget) ? undefined : close())}
    >
      <input
        id={id}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${list}-${at}` : undefined}
        aria-describedby={describedBy}
        disabled={disabled}
        value={text ?? chosen?.name ?? ''}
        placeholder={open ? (chosen?.name ?? placeholder) : placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        onChange={(event) => type(event.target.value)}
        onClick={show}
        onKeyDown={onKey}
        className={`${inputClass} ${clearable && chosen ? 'pr-10' : ''}`}
      />
      {clearable && chosen && !disabled ? (
        <button
          type="button"
          aria-label={t('clear', { what: label })}
          onClick={() => pick(null)}
          className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded text-muted hover:text-text"
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : null}
      <p role="status" className="sr-only">
        {open && found ? t('found', { count: rows.length }) : ''}
      </p>
      <div
        hidden={!open}
        className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded border border-edge bg-surface shadow-lg"
      >
        {open && found && rows.length === 0 ? (
          <p className="px-3 py-2 text-sm text-muted">
            {found.problem ? t('failed') : text.trim() ? t('nothing') : t('type')}
          </p>
        ) : null}
        {open && !found ? <p className="px-3 py-2 text-sm text-muted">{t('searching')}</p> : null}
        <div id={list} role="listbox" aria-label={label}>
          {rows.map((row, index) => (
            <button
              type="button"
              key={row.id}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={row.id === chosen?.id}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(row)}
              className={`flex min-h-10 w-full cursor-pointer items-center gap-2 px-3 py-1.5 text-left hover:bg-hover ${index === at ? 'bg-hover outline-2 -outline-offset-2 outline-accent-text' : ''}`}
            >
              <span className="min-w-0 grow">
                <span className="block truncate font-medium">{row.name}</span>
                {row.detail || row.warn ? (
                  <span className="block truncate text-sm text-muted">
                    {[row.detail, row.warn].filter(Boolean).join(' · ')}
                  </span>
                ) : null}
              </span>
              {row.id === chosen?.id ? <Check aria-hidden className="size-4 shrink-0 text-accent-text" /> : null}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}
