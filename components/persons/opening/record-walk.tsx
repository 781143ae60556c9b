'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useLayoutEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { useWalk } from './walk.ts';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { singleKeysOn } from '#components/shell/preferences.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { useOpenRecord } from './record-opening.tsx';

const TAKES_KEYS = 'input, textarea, select, [contenteditable], [role="menu"], [role="combobox"], dialog';

/** Where the person stands in the list one came from, and the ways to the one before and after: `[` and `]`. */
export function RecordWalk({ id }: { id: string }) {
  const t = useTranslations('person');
  const walk = useWalk(useActor(), id);
  const open = useOpenRecord();
  // With the page itself: a key pressed right after it is shown would still go by the page before.
  useLayoutEffect(() => {
    if (!walk || !open) return undefined;
    const pressed = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      const to = key === '[' ? walk.previous : key === ']' ? walk.next : null;
      const typing = target instanceof Element && target.closest(TAKES_KEYS) !== null;
      if (!to || typing || ctrlKey || metaKey || altKey || !singleKeysOn() || document.querySelector('dialog[open]'))
        return;
      event.preventDefault();
      open(to);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [walk, open]);
  if (!walk || !open) return null;
  const way = (to: PersonRow | null, label: string, Icon: typeof ChevronLeft) => {
    const look = 'grid size-8 place-items-center rounded';
    if (!to) return <span aria-hidden className={look} />;
    return (
      <Link
        href={`/persons/${to.id}` as Route}
        aria-label={label}
        title={label}
        className={`${look} hover:bg-hover hover:text-text`}
        onNavigate={(event) => {
          event.preventDefault();
          open(to);
        }}
      >
        <Icon aria-hidden className="size-4" />
      </Link>
    );
  };
  return (
    <nav aria-label={t('walk')} className="ml-auto flex items-center text-sm text-muted">
      {way(walk.previous, t('walk-previous'), ChevronLeft)}
      <span>{t('walk-at', { at: walk.at, total: walk.total })}</span>
      {way(walk.next, t('walk-next'), ChevronRight)}
    </nav>
  );
}
