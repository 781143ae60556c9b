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
      aria-label={t('help')}
      title={t('help')}
      aria-keyshortcuts="?"
      onClick={() => dispatchEvent(new Event(HELP_WANTED))}
      className="grid size-10 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text"
    >
      <CircleQuestionMark aria-hidden className="size-5" />
    </button>
  );
}
