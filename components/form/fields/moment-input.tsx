'use client';

import { CalendarDays } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from 'use-intl/react';
import { momentText, readMoment, stepMoment } from '#lib/i18n/typed-moment.ts';
import { localOf } from '#lib/i18n/local-time.ts';
import { zoneName } from '#lib/i18n/zone-name.ts';
import { Field, inputClass } from '#components/form/field.tsx';

type Props = {
  id: string;
  label: string;
  /** ISO; null where there is none, `''` where what is typed is none. */
  value: string | null;
  change: (iso: string) => void;
  /** Said after the time zone. */
  hint?: string;
  error?: string | undefined;
  min?: string;
  max?: string;
};

/**
 * A date and time in the reader's zone. What is typed is the state: it is read as it is typed, and written out in the reader's order
 * when the field is left. Arrows change the number at the caret; the button opens the browser's calendar.
 */
export function MomentInput({ id, label, value, change, hint, error, min, max }: Props) {
  const t = useTranslations('form');
  const format = useFormatter();
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  const zone = t('moment.hint', { zone: zoneName(timeZone, locale, value ? Date.parse(value) : now) });
  const options = { locale, timeZone, min, max };
  const [text, setText] = useState(() => momentText(value, options));
  const [given, setGiven] = useState(value);
  const [left, setLeft] = useState(false);
  const calendar = useRef<HTMLInputElement>(null);
  if (given !== value) {
    // Chosen elsewhere, by a button beside the field: that is what it shows.
    setGiven(value);
    setText(momentText(value, options));
    setLeft(false);
  }
  const read = text.trim() ? readMoment(text, options) : null;
  const wrong =
    read && !read.ok && left
      ? t(`moment.${read.problem}`, { max: momentText(max ?? null, options), min: momentText(min ?? null, options) })
      : undefined;
  const problem = wrong ?? error;

  function put(typed: string) {
    setText(typed);
    const typedNow = readMoment(typed, options);
    const iso = typedNow.ok ? typedNow.iso : '';
    setGiven(iso);
    change(iso);
  }

  function step(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const field = event.currentTarget;
    const next = stepMoment(text, field.selectionStart ?? 0, event.key === 'ArrowUp' ? 1 : -1, options);
    if (!next) return;
    event.preventDefault();
    put(next.text);
    requestAnimationFrame(() => field.setSelectionRange(next.from, next.to));
  }

  return (
    <Field id={id} label={label} hint={hint ? `${zone} · ${hint}` : zone} error={problem}>
      <div className="relative max-w-64">
        <input
          id={id}
          value={text}
          onChange={(event) => put(event.target.value)}
          onKeyDown={step}
          onBlur={() => {
            setLeft(true);
            if (read?.ok) setText(momentText(read.iso, options));
          }}
          placeholder={t('moment.placeholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${problem ? `${id}-error ` : ''}${id}-hint ${id}-read`}
          className={`${inputClass} pr-9`}
        />
        <input
          ref={calendar}
          type="datetime-local"
          tabIndex={-1}
          aria-hidden
          value={localOf(value, timeZone)}
          max={max ? localOf(max, timeZone) : undefined}
          onChange={(event) =>
            event.target.value && put(momentText(`${event.target.value}:00Z`, { locale, timeZone: 'UTC' }))
          }
          className="pointer-events-none absolute inset-0 -z-10 size-full opacity-0"
        />
        <button
          type="button"
          aria-label={t('moment.open')}
          onClick={() => calendar.current?.showPicker()}
          className="absolute inset-y-0 right-0 grid w-8 place-items-center rounded text-muted hover:text-text pointer-coarse:w-11"
        >
          <CalendarDays aria-hidden className="size-4" />
        </button>
      </div>
      <p id={`${id}-read`} aria-live="polite" className="mt-1 text-sm empty:hidden">
        {read?.ok ? (
          <>
            {format.dateTime(new Date(read.iso), { dateStyle: 'full', timeStyle: 'short' })}
            {read.doubled ? <span className="block text-warn">{t('moment.doubled')}</span> : null}
          </>
        ) : null}
      </p>
    </Field>
  );
}
