'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'use-intl/react';

type Props = { label: string; value: string; edit: (button: HTMLElement) => void; remove: () => void };

/** A filter that is set: pressed, it offers other values; the cross takes it off. */
export function FilterChip({ label, value, edit, remove }: Props) {
  const t = useTranslations('list-tools');
  return (
    <li className="flex h-7 max-w-full items-center rounded-full bg-accent-soft text-sm text-accent-text">
      <button
        type="button"
        title={`${label}: ${value}`}
        onClick={({ currentTarget }) => edit(currentTarget)}
        className="min-w-0 truncate rounded-full py-1 pr-1 pl-3"
      >
        {label}: {value}
      </button>
      <button
        type="button"
        aria-label={t('remove-filter', { label })}
        onClick={remove}
        className="grid size-7 shrink-0 place-items-center rounded-full hover:bg-hover"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
