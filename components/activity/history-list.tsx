'use client';

import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import { EntryBadge } from '#components/operations/receipt/entry-badge.tsx';
import { Badge } from '#components/ui/badge.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { ChangeBadge } from './change-badge.tsx';
import type { SaidChange } from './said-change.ts';

/** An entry of the console, in words (`said`), or a change of Omni's record. `twin`: it may be listed as an entry, too. */
export type HistoryRow = { id: string } & (
  | { of: 'console'; entry: EntryView & { said: string } }
  | { of: 'omni'; change: SaidChange; twin: boolean }
);

/** What was done to a record, newest first: what, who, when, and the way to undo it. */
export function HistoryList({ rows }: { rows: readonly HistoryRow[] }) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-baseline gap-x-3 py-1">
          {row.of === 'console' ? <Entry entry={row.entry} /> : <Change change={row.change} twin={row.twin} />}
        </li>
      ))}
    </ul>
  );
}

function Entry({ entry }: { entry: EntryView & { said: string } }) {
  const t = useTranslations('operations');
  return (
    <>
      <span className="min-w-0 grow basis-48">
        <Link href={`/activity/${entry.id}`} className="underline-offset-2 hover:underline">
          {entry.said}
        </Link>
        <span className="block text-sm text-muted">
          {entry.who} · <When at={entry.createdAt} />
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
    </>
  );
}

/** A change of one field says what it was; one of several, and a creation, has them on its page. */
function Change({ change, twin }: { change: SaidChange; twin: boolean }) {
  const t = useTranslations('omni-record');
  const [first, ...more] = change.verb === 'create' || change.verb === 'delete' ? [] : change.fields;
  const field = first?.said;
  return (
    <>
      <span className="min-w-0 grow basis-48">
        <Link href={`/activity/omni/${change.id}` as Route} className="break-words underline-offset-2 hover:underline">
          {field ? `${field}${more.length > 0 ? ` +${more.length}` : ''}` : change.title}
        </Link>
        <span className="block text-sm text-muted">
          {change.key} · {change.client ?? '–'} · <When at={change.at} />
        </span>
      </span>
      {twin ? <Badge tone="unknown">{t('maybe-here')}</Badge> : null}
      {change.refused === null ? null : <ChangeBadge refused={change.refused} />}
    </>
  );
}

function When({ at }: { at: number }) {
  const format = useFormatter();
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={format.dateTime(at, { dateStyle: 'medium', timeStyle: 'long' })}>
      {format.relativeTime(at, now)}
    </time>
  );
}
