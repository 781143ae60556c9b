'use client';

import { Check, ChevronDown, X } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import { BlockedBadge } from '#components/ui/verdict/blocked-badge.tsx';
import type { PickerOption, PickerSearch } from './option.ts';
import { usePicker } from './use-picker.ts';

type Props = {
  id?: string;
  label: string;
  chosen: PickerOption | null;
  search: PickerSearch;
  pick: (option: PickerOption | null) => void;
  disabled?: boolean;
  placeholder?: string;
  describedBy?: string;
  invalid?: boolean;
  clearable?: boolean;
  /** It is all there is to do on its page: it has the focus and its list from the start. */
  opened?: boolean;
  /** It is the next to be chosen when its page opens: it has the focus. */
  focused?: boolean;
};

const footClass = 'flex flex-wrap items-center justify-between gap-2 px-3 py-2 text-sm text-muted';

/**
 * Chooses one of many by name; a pasted id is taken as it is. A combobox as the ARIA practices have it: the focus stays in the
 * field, the active row is told and scrolled into sight, the count is said; the list turns up where there is no room below.
 */
export function Picker({
  id,
  label,
  chosen,
  search,
  pick,
  disabled = false,
  placeholder,
  describedBy,
  invalid = false,
  clearable = false,
  opened = false,
  focused = false,
}: Props) {
  const t = useTranslations('picker');
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const { open, text, found, rows, at, show, close, choose, type, onKey, again } = usePicker({
    search,
    pick,
    disabled,
  });
  const active = rows[at];
  const start = useEffectEvent(() => {
    if (opened || focused) field.current?.focus({ preventScroll: true });
    if (opened) show();
  });
  useEffect(() => start(), []);
  useEffect(() => {
    if (open) popup.current?.showPopover({ source: field.current ?? undefined });
    else popup.current?.hidePopover();
  }, [open]);
  useEffect(() => {
    if (active) document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, at, list]);
  const clears = clearable && chosen !== null && !disabled;
  // Under the rows, which stay where they are while somebody points at one.
  const failedInPart = found?.problem !== undefined && !found.pending && rows.length > 0;
  const status = !open
    ? ''
    : !found || (found.pending && rows.length === 0)
      ? t('searching')
      : found.problem && rows.length === 0
        ? t('failed')
        : `${t('found', { count: rows.length })}${failedInPart ? ` · ${t('partly')}` : ''}`;
  const retry = (
    <button type="button" tabIndex={-1} onClick={again} className="min-h-target rounded font-medium text-accent-text">
      {t('again')}
    </button>
  );

  return (
    <div
      className="relative"
      onBlur={(event) => (event.currentTarget.contains(event.relatedTarget) ? undefined : close())}
    >
      <input
        ref={field}
        id={id}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${list}-${at}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        disabled={disabled}
        value={text ?? chosen?.name ?? ''}
        placeholder={open ? (chosen?.name ?? placeholder) : placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        onChange={(event) => type(event.target.value)}
        onClick={show}
        onKeyDown={onKey}
        className={`${inputClass} truncate pr-9`}
      />
      {clears ? (
        <button
          type="button"
          aria-label={t('clear', { what: label })}
          onClick={() => {
            pick(null);
            field.current?.focus();
          }}
          className="absolute inset-y-0 right-0 grid w-8 place-items-center rounded text-muted hover:text-text pointer-coarse:w-11"
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : (
        <ChevronDown
          aria-hidden
          className={`pointer-events-none absolute inset-y-0 right-2 my-auto size-4 text-muted ${disabled ? 'opacity-60' : ''}`}
        />
      )}
      <p role="status" className="sr-only">
        {status}
      </p>
      <div
        ref={popup}
        popover="manual"
        className="inset-auto m-0 my-1 min-w-56 [width:anchor-size(width)] max-w-[calc(100vw-16px)] overflow-hidden rounded border border-edge bg-surface p-0 text-base text-text shadow-lg [position-area:bottom_span-right] [position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline]"
      >
        {open && found && rows.length === 0 && !found.pending ? (
          <div className={footClass}>
            {found.problem ? t('failed') : text?.trim() ? t('nothing') : t('type')}
            {found.problem ? retry : null}
          </div>
        ) : null}
        {open && (!found || (found.pending && rows.length === 0)) ? (
          <p className="px-3 py-2 text-sm text-muted">{t('searching')}</p>
        ) : null}
        <div
          id={list}
          role="listbox"
          aria-label={label}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          className={`overflow-y-auto outline-none ${opened ? 'max-h-[60vh]' : 'max-h-72'}`}
        >
          {rows.map((row, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys
            <div
              key={row.id}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={row.id === chosen?.id}
              onClick={() => choose(row)}
              className={`flex min-h-8 cursor-pointer items-center gap-2 px-3 py-1.5 hover:bg-hover pointer-coarse:min-h-11 ${index === at ? 'bg-hover outline-2 -outline-offset-2 outline-accent-text' : ''}`}
            >
              <span className="min-w-0 grow">
                <span className="block truncate" title={row.name}>
                  {row.name}
                </span>
                {row.detail || row.warn || row.alias || row.archived ? (
                  <span className="block truncate text-xs text-muted">
                    {[
                      row.alias ? t('alias', { name: row.alias }) : null,
                      row.detail,
                      row.warn,
                      row.archived ? t('archived') : null,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                ) : null}
                {row.blocked && row.blocked.names.length > 0 ? (
                  <BlockedBadge
                    text={
                      row.blocked.all && row.blocked.names.length > 1
                        ? t('blocked-all')
                        : t('blocked', { names: row.blocked.names.join(', ') })
                    }
                  />
                ) : null}
              </span>
              {row.id === chosen?.id ? <Check aria-hidden className="size-4 shrink-0 text-accent-text" /> : null}
            </div>
          ))}
        </div>
        {open && found?.blocksUnread ? (
          <p className="border-t px-3 py-2 text-xs text-muted">{t('blocks-unread')}</p>
        ) : null}
        {open && failedInPart ? (
          <div className={`border-t ${footClass}`}>
            <span>{t('partly')}</span>
            {retry}
          </div>
        ) : null}
        {open && found?.more && !failedInPart ? (
          <p className="border-t px-3 py-2 text-xs text-muted">{t(text?.trim() ? 'more' : 'more-untyped')}</p>
        ) : null}
      </div>
    </div>
  );
}
