'use client';

import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useCallback, type ReactNode } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import { DataList } from '#components/data-table/data-list.tsx';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import { useAddress } from '#components/data-table/filter/use-address.ts';
import { EntryBadge } from '#components/operations/receipt/entry-badge.tsx';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import type { SavedView } from '#lib/views/saved-views.ts';
import { ChangeBadge } from './change-badge.tsx';
import type { SaidChange } from './said-change.ts';

/**
 * A line: an entry of the console, or a change of Omni's record. `twin`: a console sent it, so that it may stand in the list as an entry,
 * too. `entryId`: it does.
 */
export type ActivityRow = { id: string } & (
  | { of: 'console'; entry: EntryView }
  | { of: 'omni'; change: SaidChange; twin: boolean; entryId: string | null }
);

type OmniRow = Extract<ActivityRow, { of: 'omni' }>;

const HEADS = { change: 'kind', outcome: 'outcome', who: 'who', via: 'via', when: 'when' } as const;

const COLUMNS: readonly ListColumn<ActivityRow>[] = [
  { id: 'change', cell: (row) => <What row={row} />, width: 'grow', card: 'title' },
  { id: 'outcome', cell: (row) => <Outcome row={row} />, width: 'lg', card: 'end' },
  { id: 'who', cell: (row) => <Who row={row} />, width: 'lg', card: 'detail' },
  { id: 'via', cell: (row) => <Via row={row} />, width: 'lg', card: 'none', from: 'wide' },
  {
    id: 'when',
    cell: (row) => <When at={row.of === 'omni' ? row.change.at : row.entry.createdAt} />,
    width: 'md',
    card: 'when',
  },
];

type Props = {
  rows: ActivityRow[];
  filters: readonly ListFilter[];
  values: Readonly<Record<string, string | undefined>>;
  views: readonly SavedView[];
  hidden: readonly Hideable<'activity'>[];
  state?: ReactNode;
  notice?: ReactNode;
  footer?: ReactNode;
};

/** Changes of the console and of Omni's record, newest first: what, outcome, who, through what, when. */
export function ActivityList({ rows, filters, values, views, hidden, state, notice, footer }: Props) {
  const t = useTranslations('activity');
  const { say } = useTexts();
  const { busy, change } = useAddress();
  const head = useCallback((id: string) => t(HEADS[id as 'who']), [t]);
  return (
    <DataList
      label={t('title')}
      columns={COLUMNS}
      head={head}
      rows={rows}
      nameOf={(row) => (row.of === 'omni' ? row.change.title : say(row.entry.title))}
      hidden={{ room: 'activity', first: hidden }}
      faded={(row) => row.of === 'console' && row.entry.undoneBy !== null}
      sort={{ now: '-when' }}
      busy={busy}
      bar={{ filters, values, change, busy, views: { room: 'activity', first: views } }}
      state={state}
      notice={notice}
      footer={footer}
    />
  );
}

/** What it was and the first thing it changed, from what to what. */
function What({ row }: { row: ActivityRow }) {
  return row.of === 'omni' ? <OmniChange row={row} /> : <Change entry={row.entry} />;
}

function Change({ entry }: { entry: EntryView }) {
  const { say } = useTexts();
  const [first, ...more] = entry.status === 'done' ? entry.changes : [];
  return (
    <Line href={`/activity/${entry.id}`} title={say(entry.title)} first={first && say(first)} more={more.length} />
  );
}

/** What was created or deleted says so; what was changed says what. */
function OmniChange({ row }: { row: OmniRow }) {
  const { change } = row;
  const [first, ...more] = change.verb === 'create' || change.verb === 'delete' ? [] : change.fields;
  return (
    <Line
      href={`/activity/omni/${change.id}`}
      title={change.title}
      mark={<Mark row={row} />}
      first={first?.said}
      more={more.length}
    />
  );
}

type LineProps = { href: string; title: string; mark?: ReactNode; first: string | undefined; more: number };

function Line({ href, title, mark, first, more }: LineProps) {
  return (
    <span className={`list-main ${mark ? 'list-main-wraps' : ''}`}>
      <Link href={href as Route} className="row-link">
        {title}
      </Link>
      {mark}
      {first ? (
        <span className="min-w-0 flex-1 truncate text-muted" title={first}>
          {first}
          {more > 0 ? ` +${more}` : null}
        </span>
      ) : null}
    </span>
  );
}

/** Whether the change stands in the list as an entry of this console, too: in the line itself, since columns can be hidden. */
function Mark({ row: { twin, entryId } }: { row: OmniRow }) {
  const t = useTranslations('omni-record');
  if (entryId) return <span className="flex-none text-xs text-muted">{t('also-here')}</span>;
  return twin ? <Badge tone="unknown">{t('maybe-here')}</Badge> : null;
}

function Outcome({ row }: { row: ActivityRow }) {
  const t = useTranslations('operations');
  if (row.of === 'omni') return <ChangeBadge refused={row.change.refused} />;
  if (row.entry.undoneBy) return <span className="text-muted">{t('undone')}</span>;
  return <EntryBadge entry={row.entry} />;
}

/** What it came through stands beside whoever did it where that has no column. */
function Who({ row }: { row: ActivityRow }) {
  if (row.of === 'console') return <span className="text-muted">{row.entry.who}</span>;
  const { key, client } = row.change;
  return (
    <span className="text-muted">
      {key}
      {client ? <span className="wide:hidden"> · {client}</span> : null}
    </span>
  );
}

function Via({ row }: { row: ActivityRow }) {
  const t = useTranslations('omni-record');
  return <span className="text-muted">{row.of === 'console' ? t('here') : (row.change.client ?? '–')}</span>;
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
