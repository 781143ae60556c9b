'use client';

import { FlaskConical, Link2, Merge, SearchX, UsersRound } from 'lucide-react';
import { useCallback, useEffect, useMemo, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { DataList } from '#components/data-table/data-list.tsx';
import { useLines } from '#components/data-table/use-lines.ts';
import { Button } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import { keepWalk } from '#components/persons/opening/walk.ts';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { PeopleSelection } from './people-selection.tsx';
import { PEOPLE_COLUMNS, type PeopleRow } from './people-columns.tsx';
import { SearchProblem } from './search-problem.tsx';
import { usePeopleSearch, type PeopleFound } from './use-people-search.ts';
import { usePresenceCells, type LoadedPresence } from './use-presence-cells.ts';

type Props = {
  /** The directory's own page; null when it could not be read. */
  rows: PersonRow[] | null;
  start: PeopleFound | null;
  pager: ReactNode;
  hidden: readonly Hideable<'persons'>[];
  /** Whether the key can merge people, as far as is known. */
  mayMerge: boolean;
  mayTest: boolean;
  failed?: ReactNode;
};

const NOBODY: PersonRow[] = [];

/** All people, newest first; while somebody types, the hits of their search. */
export function PersonsDirectory({ rows, start, pager, mayMerge, mayTest, failed, hidden }: Props) {
  const t = useTranslations('persons');
  const tUi = useTranslations('ui');
  const { text, found, busy, type, again } = usePeopleSearch(start);
  const query = text.trim();
  const searching = query !== '';
  const shown = searching ? (found?.rows ?? NOBODY) : (rows ?? NOBODY);
  const loading = busy || (found?.pending ?? false);
  const lines = usePeopleRows(shown, hidden, !loading);
  const head = useCallback((id: string) => t(id as 'name'), [t]);
  const actor = useActor();
  useEffect(() => {
    if (shown.length > 0) keepWalk(actor, shown);
  }, [actor, shown]);
  const known = searching && !loading && !found?.problem;

  const state =
    searching && found?.problem && !loading ? (
      <SearchProblem problem={found.problem} values={found.values} again={again} />
    ) : !searching && failed ? (
      failed
    ) : shown.length > 0 ? undefined : searching && loading ? (
      <SkeletonRows rows={8} label={t('loading')} />
    ) : searching ? (
      <ListState
        icon={SearchX}
        title={t('nothing', { query })}
        actions={<Button onClick={() => type('')}>{t('clear')}</Button>}
      >
        {t('nothing-help')}
      </ListState>
    ) : (
      <ListState icon={UsersRound} title={t('empty')}>
        {t('empty-help')}
      </ListState>
    );
  return (
    <DataList
      label={t('title')}
      columns={PEOPLE_COLUMNS}
      head={head}
      rows={lines}
      nameOf={({ name }) => name ?? t('no-name')}
      hidden={{ room: 'persons', first: hidden }}
      sort={searching ? undefined : { now: '-added' }}
      busy={loading}
      state={state}
      bar={{
        search: {
          name: 'q',
          label: t('search'),
          placeholder: t('search-placeholder'),
          value: text,
          restMs: 0,
          change: type,
        },
        change: () => undefined,
        count: known || (searching && shown.length > 0) ? { shown: shown.length } : undefined,
        looking: searching && loading,
      }}
      notice={
        searching && found?.incomplete && !loading ? (
          <p className="border-b bg-info-soft px-4 py-1 text-sm">{t('incomplete')}</p>
        ) : null
      }
      select={
        mayMerge
          ? {
              scope: `q=${searching ? query : ''}`,
              renderActions: (picked) => <PeopleSelection ids={picked.map(({ id }) => id)} />,
            }
          : undefined
      }
      actions={({ id }) => [
        {
          id: 'test',
          label: t('test-routing'),
          icon: <FlaskConical aria-hidden />,
          href: `/routes/test?person=${id}`,
          reason: mayTest ? undefined : tUi('needs-scope', { scope: 'routes:read' }),
        },
        {
          id: 'merge',
          label: t('merge-one'),
          icon: <Merge aria-hidden />,
          href: `/persons/merge?into=${id}`,
          reason: mayMerge ? undefined : tUi('needs-scope', { scope: 'persons:write' }),
        },
        {
          id: 'link',
          label: t('link-one'),
          icon: <Link2 aria-hidden />,
          href: `/persons/link?from=${id}`,
          reason: mayMerge ? undefined : tUi('needs-scope', { scope: 'persons:write' }),
        },
      ]}
      footer={searching || failed ? null : pager}
    />
  );
}

/** The rows with what is loaded later. */
function usePeopleRows(rows: readonly PersonRow[], hidden: Props['hidden'], quiet: boolean): PeopleRow[] {
  // Names of search hits may be aliases: theirs are always asked for.
  const all = !hidden.includes('channels') || !hidden.includes('last-seen');
  const wanted = useMemo(() => rows.filter((row) => all || row.matchedBy).map(({ id }) => id), [rows, all]);
  const presence = usePresenceCells(wanted, quiet);
  return useLines(
    rows,
    useCallback(({ id }: PersonRow) => presence.get(id), [presence]),
    withPresence,
  );
}

const withPresence = (row: PersonRow, presence: LoadedPresence | undefined): PeopleRow => ({ ...row, presence });
