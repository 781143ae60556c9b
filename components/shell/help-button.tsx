'use client';

import { CircleQuestionMark } from 'lucide-react';
import { useTranslations } from 'use-intl/react';

/** Tells whoever holds the help that it is wanted. */
export const HELP_WANTED = 'omni:help';

/** Opens the help, as the key `?` does. */
export function HelpButton() {
  const t = useTranslations('shell');
  return (
    <button
      type="button"
      title={t('help')}
      aria-keyshortcuts="?"
      onClick={() => dispatchEvent(new Event(HELP_WANTED))}
      className="flex size-10 shrink-0 items-center justify-center gap-2.5 rounded text-muted hover:bg-hover hover:text-text lg:w-full lg:justify-start lg:px-2.5"
    >
      <CircleQuestionMark aria-hidden className="size-5 shrink-0" />
      <span className="max-lg:sr-only">{t('help')}</span>
    </button>
  );
}
