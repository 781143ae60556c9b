'use client';

import { Link } from '#components/ui/link.tsx';
import { useCallback, type ReactNode } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import { DataList } from '#components/data-table/data-list.tsx';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import { useAddress } from '#components/data-table/filter/use-address.ts';
import { EntryBadge } from '#components/operations/receipt/entry-badge.tsx';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import type { SavedView } from '#lib/views/saved-views.ts';

const HEADS = { change: 'kind', outcome: 'outcome', who: 'who', when: 'when' } as const;

const COLUMNS: readonly ListColumn<EntryView>[] = [
  { id: 'change', cell: (entry) => <Change entry={entry} />, width: 'grow', card: 'title' },
  { id: 'outcome', cell: (entry) => <Outcome entry={entry} />, width: 'xl', card: 'end' },
  { id: 'who', cell: ({ who }) => <span className="text-muted">{who}</span>, width: 'lg', card: 'detail' },
  { id: 'when', cell: ({ createdAt }) => <When at={createdAt} />, width: 'md', card: 'when' },
];

type Props = {
  entries: EntryView[];
  filters: readonly ListFilter[];
  values: Readonly<Record<string, string | undefined>>;
  views: readonly SavedView[];
  hidden: readonly Hideable<'activity'>[];
  state?: ReactNode;
  footer?: ReactNode;
};

/** Entries, newest first: what, outcome, who and when. */
export function ActivityList({ entries, filters, values, views, hidden, state, footer }: Props) {
  const t = useTranslations('activity');
  const { say } = useTexts();
  const { busy, change } = useAddress();
  const head = useCallback((id: string) => t(HEADS[id as 'who']), [t]);
  return (
    <DataList
      label={t('title')}
      columns={COLUMNS}
      head={head}
      rows={entries}
      nameOf={({ title }) => say(title)}
      hidden={{ room: 'activity', first: hidden }}
      faded={({ undoneBy }) => undoneBy !== null}
      sort={{ now: '-when' }}
      busy={busy}
      bar={{ filters, values, change, busy, views: { room: 'activity', first: views } }}
      state={state}
      footer={footer}
    />
  );
}

/** What it was and, once all of it happened, the first thing it changed: from what to what. */
function Change({ entry }: { entry: EntryView }) {
  const { say } = useTexts();
  const [first, ...more] = entry.status === 'done' ? entry.changes : [];
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link href={`/activity/${entry.id}`} className="row-link">
        {say(entry.title)}
      </Link>
      {first ? (
        <span className="min-w-0 flex-1 truncate text-muted">
          {say(first)}
          {more.length > 0 ? ` +${more.length}` : null}
        </span>
      ) : null}
    </span>
  );
}

/** What went as it should has a word, what didn't a badge. */
function Outcome({ entry }: { entry: EntryView }) {
  const t = useTranslations('operations');
  return entry.undoneBy ? <span className="text-muted">{t('undone')}</span> : <EntryBadge entry={entry} />;
}

function When({ at }: { at: number }) {
  const format = useFormatter();
  const now = useNow();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={format.dateTime(at, { dateStyle: 'medium', timeStyle: 'long' })}
      className="text-muted"
    >
      {format.relativeTime(new Date(at), now)}
    </time>
  );
}
