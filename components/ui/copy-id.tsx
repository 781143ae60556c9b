'use client';

import { Check, Copy, CopyX } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { useCopy } from './use-copy.ts';

/** A monospaced id or handle, shortened, whole on hover, copied on click; shown whole for selection where copying fails. */
export function CopyId({ value, label, keep = 8 }: { value: string; label?: string; keep?: number }) {
  const t = useTranslations('ui');
  const { state, copy } = useCopy();
  const short = value.length > keep * 2 + 3 ? `${value.slice(0, keep)}…${value.slice(-keep / 2)}` : value;
  const Icon = { idle: Copy, copied: Check, refused: CopyX }[state];
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 font-mono text-xs text-muted">
      <button
        type="button"
        onClick={() => void copy(value)}
        title={value}
        className="inline-flex min-h-target max-w-full items-center gap-1 rounded-sm hover:text-text"
      >
        <span className="sr-only">{t('copy', { what: label ?? value })}</span>
        <span aria-hidden className="truncate">
          {short}
        </span>
        <Icon
          aria-hidden
          className={`size-3 shrink-0 ${state === 'copied' ? 'text-good' : state === 'refused' ? 'text-danger' : ''}`}
        />
      </button>
      <span role="status" className={state === 'refused' ? 'font-sans text-danger' : 'sr-only'}>
        {state === 'copied' ? t('copied') : state === 'refused' ? t('copy-refused') : ''}
      </span>
      {state === 'refused' ? <span className="break-all text-text select-all">{value}</span> : null}
    </span>
  );
}
