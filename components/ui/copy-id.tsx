'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';

/** A monospaced id or handle, cut in its middle, whole on hover, copied on click. */
export function CopyId({ value, label, keep = 8 }: { value: string; label?: string; keep?: number }) {
  const t = useTranslations('ui');
  const [copied, setCopied] = useState(false);
  const short = value.length > keep * 2 + 3 ? `${value.slice(0, keep)}…${value.slice(-keep / 2)}` : value;
  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <button
      type="button"
      onClick={copy}
      title={value}
      className="inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm font-mono text-xs text-muted hover:text-text"
    >
      <span className="sr-only">{t('copy', { what: label ?? value })}</span>
      <span aria-hidden className="truncate">
        {short}
      </span>
      {copied ? <Check aria-hidden className="size-3 text-good" /> : <Copy aria-hidden className="size-3" />}
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </button>
  );
}
