'use client';

import { Link } from '#components/ui/link.tsx';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import { EntryBadge } from '#components/operations/receipt/entry-badge.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';

/** What was done to a person or a key in this console, newest first: what (`said`), who, when, and the way to undo it. */
export function HistoryList({ entries }: { entries: readonly (EntryView & { said: string })[] }) {
  const t = useTranslations('operations');
  const format = useFormatter();
  const now = useNow();
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.id} className="flex flex-wrap items-baseline gap-x-3 py-1">
          <span className="min-w-0 grow basis-48">
            <Link href={`/activity/${entry.id}`} className="underline-offset-2 hover:underline">
              {entry.said}
            </Link>
            <span className="block text-sm text-muted">
              {entry.who} ·{' '}
              <time
                dateTime={new Date(entry.createdAt).toISOString()}
                title={format.dateTime(entry.createdAt, { dateStyle: 'medium', timeStyle: 'long' })}
              >
                {format.relativeTime(entry.createdAt, now)}
              </time>
              {entry.undoneBy ? ` · ${t('undone')}` : ''}
            </span>
          </span>
          {entry.status === 'done' ? null : <EntryBadge entry={entry} />}
          {entry.undo === 'possible' ? (
            <Link
              href={`/activity/${entry.id}`}
              className="inline-flex min-h-target shrink-0 items-center text-sm whitespace-nowrap text-accent-text hover:underline"
            >
              {t('undo')}
            </Link>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
