'use client';

import { Check, ChevronRight, Plus } from 'lucide-react';
import { useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import { useOpened } from '#components/ui/overlay/popout.tsx';
import type { AddressChange } from '#lib/views/address.ts';
import { offered, type ListFilter, type FilterOption } from './filters.ts';
import { TypedFilter } from './typed-filter.tsx';

export type AddFilterHandle = { open: (filter: ListFilter | null, button: HTMLElement) => void };

type Props = {
  ref: RefObject<AddFilterHandle | null>;
  filters: readonly ListFilter[];
  values: Readonly<Record<string, string | undefined>>;
  change: (patch: AddressChange) => void;
};

/**
 * *Filter*: a list of the filters and their values that is searched by typing (WAI-ARIA combobox with a list box). Enter takes,
 * Backspace in an empty field goes back, Escape closes.
 */
export function AddFilter({ ref, filters, values, change }: Props) {
  const t = useTranslations('list-tools');
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [opened, onBeforeToggle] = useOpened(panel);
  const field = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLElement>(null);
  const [of, setOf] = useState<ListFilter | null>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const options = offered(filters, of, text);
  const active = Math.min(at, options.length - 1);

  function enter(filter: ListFilter | null) {
    setOf(filter);
    setText('');
    setAt(0);
    field.current?.focus();
  }
  function open(filter: ListFilter | null, button: HTMLElement) {
    opener.current = button;
    enter(filter);
    panel.current?.showPopover({ source: button });
  }
  useImperativeHandle(ref, () => ({ open }));

  function set(filter: ListFilter, value: string | undefined) {
    change({ [filter.id]: value });
    panel.current?.hidePopover();
  }
  function take(option: FilterOption | undefined) {
    if (!option) return;
    if (option.choice) set(option.filter, option.choice.id);
    else enter(option.filter);
  }
  function pressed(event: KeyboardEvent) {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const next = (to + options.length) % Math.max(1, options.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(options[active]);
    } else if (event.key === 'Backspace' && text === '' && of) enter(null);
  }

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => open(null, currentTarget)}
        className={buttonClass({ size: 'sm', variant: 'ghost' }, 'cards:justify-start')}
      >
        <Plus aria-hidden className="size-4" />
        {t('add-filter')}
      </button>
      <div
        ref={panel}
        popover="auto"
        onBeforeToggle={onBeforeToggle}
        role="dialog"
        aria-label={of?.label ?? t('add-filter')}
        onToggle={({ newState }) => {
          if (newState === 'open') field.current?.focus();
          else if (document.activeElement === document.body) opener.current?.focus();
        }}
        className="inset-auto m-0 mt-1 w-72 max-w-[calc(100vw-16px)] rounded-lg border bg-surface p-1 text-sm text-text shadow-lg [position-area:bottom_span-right] [position-try-fallbacks:flip-inline,flip-block]"
      >
        {!opened ? null : of && !('choices' in of) ? (
          <TypedFilter filter={of} value={values[of.id] ?? ''} set={(value) => set(of, value)} />
        ) : (
          <>
            <input
              ref={field}
              role="combobox"
              aria-expanded
              aria-autocomplete="list"
              aria-controls={`${id}-list`}
              aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
              aria-label={of?.label ?? t('find-filter')}
              placeholder={of?.label ?? t('find-filter')}
              value={text}
              maxLength={100}
              autoComplete="off"
              onChange={({ target }) => {
                setText(target.value);
                setAt(0);
              }}
              onKeyDown={pressed}
              className="h-9 w-full rounded bg-transparent px-3 outline-none"
            />
            <div
              id={`${id}-list`}
              role="listbox"
              aria-label={of?.label ?? t('add-filter')}
              className="max-h-72 overflow-y-auto border-t pt-1"
            >
              {options.map((option, index) => (
                <Option
                  key={`${option.filter.id} ${option.choice?.id ?? ''}`}
                  id={`${id}-${index}`}
                  option={option}
                  alone={of !== null}
                  active={index === active}
                  chosen={option.choice !== undefined && values[option.filter.id] === option.choice.id}
                  take={() => take(option)}
                />
              ))}
            </div>
            <p role="status" className={options.length > 0 ? 'sr-only' : 'px-3 py-2 text-muted'}>
              {t('filters-found', { count: options.length })}
            </p>
          </>
        )}
      </div>
    </>
  );
}

type OptionProps = {
  id: string;
  option: FilterOption;
  /** Under its filter's name, which need not be said again. */
  alone: boolean;
  active: boolean;
  chosen: boolean;
  take: () => void;
};

function Option({ id, option: { filter, choice }, alone, active, chosen, take }: OptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-current={chosen ? 'true' : undefined}
      onClick={take}
      className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-3 hover:bg-hover aria-selected:bg-hover"
    >
      <span className="min-w-0 grow truncate">
        {choice && !alone ? <span className="text-muted">{filter.label}: </span> : null}
        {choice?.name ?? filter.label}
      </span>
      {chosen ? <Check aria-hidden className="size-4 shrink-0" /> : null}
      {choice ? null : <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />}
    </div>
  );
}
