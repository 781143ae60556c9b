'use client';

import { buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { useFormatter, useTranslations } from 'use-intl/react';
import { EntryBadge } from '#components/operations/receipt/entry-badge.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';

type Props = { entries: readonly (EntryView & { said: string })[]; action?: string };

/** Entries, newest first: what (`said`), who, when and the outcome. `action`: what the link of each entry is for. */
export function EntryLinks({ entries, action }: Props) {
  const t = useTranslations('operations');
  const format = useFormatter();
  return (
    <ul className="divide-y">
      {entries.map((entry) => (
        <li key={entry.id} className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover">
          <Link
            href={`/activity/${entry.id}`}
            className="min-w-0 grow basis-60 font-medium after:absolute after:inset-0 after:content-['']"
          >
            {entry.said}
            {action ? <span className="sr-only"> {action}</span> : null}
          </Link>
          {entry.undoneBy ? <span className="text-sm text-muted">{t('undone')}</span> : null}
          <EntryBadge entry={entry} />
          <span className="w-40 truncate text-sm text-muted max-sm:w-auto">{entry.who}</span>
          <time dateTime={new Date(entry.createdAt).toISOString()} className="text-sm whitespace-nowrap text-muted">
            {format.dateTime(entry.createdAt, { dateStyle: 'medium', timeStyle: 'short' })}
          </time>
          {action ? (
            <span aria-hidden className={buttonClass({ size: 'sm' }, 'pointer-events-none')}>
              {action}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
