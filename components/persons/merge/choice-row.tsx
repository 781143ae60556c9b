'use client';

import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { differing } from '#lib/text/spelling.ts';

export type Who = 'survivor' | 'duplicate';

/** The columns of a comparison: what it is, the kept record, the duplicate. On a phone one below the other. */
export const COLUMNS =
  'grid min-w-0 gap-x-4 gap-y-1 sm:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,1fr)] sm:items-baseline';

type Props = {
  name: string;
  label: string;
  hint: ReactNode;
  texts: Record<Who, string | null>;
  /** Of two phones: their countries (ISO 3166), where they differ. */
  countries?: [string, string] | null;
  /** What stands for a text that is empty, where that is not *empty*. */
  nothing?: string | undefined;
  keep: Who;
  /** Null where Omni leaves no choice. */
  choose: ((who: Who) => void) | null;
};

/** One thing that two people have differently: whose is kept. The other is struck through, and what differs is bold. */
export function ChoiceRow({ name, label, hint, texts, countries, nothing, keep, choose }: Props) {
  const region = useRegion();
  const parts = differing(texts.survivor ?? '', texts.duplicate ?? '');
  return (
    <fieldset className={`${COLUMNS} py-2`}>
      <legend className="sr-only">{label}</legend>
      <span className="text-muted">
        <span aria-hidden>{label}</span>
        {hint ? <span className="block text-xs max-sm:ml-2 max-sm:inline">{hint}</span> : null}
      </span>
      {(['survivor', 'duplicate'] as const).map((who, at) => (
        <Choice
          key={who}
          name={name}
          who={who}
          kept={keep === who}
          text={texts[who] === null ? null : (parts[at] ?? null)}
          nothing={nothing}
          note={countries ? region(countries[at] ?? '') : null}
          choose={choose}
        />
      ))}
    </fieldset>
  );
}

type ChoiceProps = {
  name: string;
  who: Who;
  kept: boolean;
  text: ReturnType<typeof differing>[number] | null;
  nothing: string | undefined;
  note: string | null;
  choose: Props['choose'];
};

function Choice({ name, who, kept, text, nothing, note, choose }: ChoiceProps) {
  const t = useTranslations('merge');
  return (
    <label className="flex min-h-8 min-w-0 cursor-pointer items-baseline gap-2 rounded px-1 py-1 hover:bg-hover has-disabled:cursor-default pointer-coarse:min-h-11">
      <input
        type="radio"
        name={`keep-${name}`}
        checked={kept}
        disabled={choose === null}
        onChange={() => choose?.(who)}
        className="size-4 shrink-0 translate-y-0.5 accent-(--accent)"
      />
      <span className="min-w-0 break-words">
        <span className="sr-only">{t(who)}: </span>
        {text ? (
          <bdi className={kept ? '' : 'text-muted line-through'}>
            {text.before}
            <b className="font-semibold">{text.differs}</b>
            {text.after}
          </bdi>
        ) : (
          <span className="text-muted">{nothing ?? t('empty')}</span>
        )}
        {note ? <span className="ml-2 text-xs text-muted">{note}</span> : null}
      </span>
    </label>
  );
}

/** A country in the reader's language, by its code. */
function useRegion(): (code: string) => string {
  const names = new Intl.DisplayNames([useLocale()], { type: 'region', fallback: 'code' });
  return (code) => (code ? (names.of(code) ?? code) : '');
}
