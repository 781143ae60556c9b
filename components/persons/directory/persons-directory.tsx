'use client';

import { FlaskConical, Link2, Merge, SearchX, UsersRound } from 'lucide-react';
import { useCallback, useEffect, useMemo, type ComponentProps, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { DataList } from '#components/data-table/data-list.tsx';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { firstFailed } from '#lib/omni/seen.ts';
import { useAddress } from '#components/data-table/filter/use-address.ts';
import { useLines } from '#components/data-table/use-lines.ts';
import { DirectoryLine } from '#components/persons/people-index/directory-line.tsx';
import { Button } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import type { DirectoryState } from '#lib/persons/people-index/directory.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import { keepWalk } from '#components/persons/opening/walk.ts';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { PeopleSelection } from './people-selection.tsx';
import { PEOPLE_COLUMNS, type PeopleRow } from './people-columns.tsx';
import { SearchFailed, SearchProblem } from './search-problem.tsx';
import { usePeopleSearch, type PeopleFound } from './use-people-search.ts';
import { usePresenceCells, type LoadedPresence } from './use-presence-cells.ts';
import { needsScope } from '#components/ui/locked/locked.ts';

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
  /**
   * What the address narrows the list to, its order, and how many there are of all that fit, where that is known. `walked`: it is picked from
   * the directory at hand.
   */
  picked: {
    on: boolean;
    walked: boolean;
    values: Readonly<Record<string, string | undefined>>;
    sort: string;
    total?: number;
  };
  /** What is true of the whole list. */
  note?: ReactNode;
  directory: DirectoryState | null;
  steer: ComponentProps<typeof DirectoryLine>['steer'];
};

const NOBODY: PersonRow[] = [];

/** All people, newest first; while somebody types, the hits of their search. */
export function PersonsDirectory(props: Props) {
  const { rows, start, pager, mayMerge, mayTest, failed, hidden, picked, note, directory, steer } = props;
  const t = useTranslations('persons');
  const tIndex = useTranslations('people-index');
  const { busy: going, change, hrefOf } = useAddress();
  const filters = usePeopleFilters();
  const tUi = useTranslations('ui');
  const { text, found, busy, type, again } = usePeopleSearch(start);
  const query = text.trim();
  const searching = query !== '';
  const shown = searching ? (found?.rows ?? NOBODY) : (rows ?? NOBODY);
  const loading = busy || (found?.pending ?? false);
  const lines = usePeopleRows(shown, !loading);
  const verdicts = useVerdictText();
  const notRead = firstFailed(
    lines.map(({ presence }) => (typeof presence === 'object' ? presence.blocked : undefined)),
  );
  const head = useCallback((id: string) => t(id as 'name'), [t]);
  const actor = useActor();
  useEffect(() => {
    if (shown.length > 0) keepWalk(actor, shown);
  }, [actor, shown]);
  const known = searching && !loading && !found?.problem;

  const state =
    searching && found?.problem && !loading && shown.length === 0 ? (
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
    ) : picked.on ? (
      <ListState
        icon={SearchX}
        title={tIndex(!picked.walked || directory?.whole ? 'none' : 'none-so-far')}
        actions={
          <Button onClick={() => change({ without: undefined, added: undefined, blocked: undefined })}>
            {tIndex('clear')}
          </Button>
        }
      />
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
      sort={
        searching ? undefined : { now: picked.sort, href: (sort) => hrefOf({ sort: sort === '-added' ? '' : sort }) }
      }
      busy={loading || going}
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
        filters: searching ? [] : filters,
        values: picked.values,
        change: (patch) => change({ ...patch, q: undefined }),
        count:
          known || (searching && shown.length > 0)
            ? { shown: shown.length, total: found?.total }
            : picked.on
              ? { shown: shown.length, total: picked.total }
              : undefined,
        looking: searching && loading,
      }}
      notice={
        <>
          <DirectoryLine
            start={directory}
            wanted={searching || (picked.on && picked.walked)}
            steer={steer}
            came={searching ? again : undefined}
          />
          {searching ? null : note}
          {searching && !loading && found?.problem && shown.length > 0 ? (
            <SearchFailed problem={found.problem} values={found.values} again={again} />
          ) : searching && found?.incomplete && !loading ? (
            <p className="border-b bg-info-soft px-4 py-1 text-sm">{t('incomplete')}</p>
          ) : null}
          {notRead ? (
            <p className="border-b bg-info-soft px-4 py-1 text-sm">{verdicts.notSeen('blocks', notRead)}</p>
          ) : null}
        </>
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
          reason: mayTest ? undefined : needsScope(tUi, 'routes:read'),
        },
        {
          id: 'merge',
          label: t('merge-one'),
          icon: <Merge aria-hidden />,
          href: `/persons/merge?into=${id}`,
          reason: mayMerge ? undefined : needsScope(tUi, 'persons:write'),
        },
        {
          id: 'link',
          label: t('link-one'),
          icon: <Link2 aria-hidden />,
          href: `/persons/link?from=${id}`,
          reason: mayMerge ? undefined : needsScope(tUi, 'persons:write'),
        },
      ]}
      footer={searching || failed ? null : pager}
    />
  );
}

/** What the list can be narrowed by beyond a search. */
function usePeopleFilters(): ListFilter[] {
  const t = useTranslations('people-index');
  return useMemo(
    () => [
      {
        id: 'without',
        label: t('without'),
        choices: (['name', 'phone', 'email'] as const).map((id) => ({ id, name: t(`without-${id}`) })),
      },
      { id: 'blocked', label: t('access'), choices: [{ id: 'yes', name: t('blocked') }] },
      { id: 'added', label: t('since'), input: 'date' },
    ],
    [t],
  );
}

/** The rows with what is loaded later: whatever columns are shown, since it tells who is blocked and the names of search hits. */
function usePeopleRows(rows: readonly PersonRow[], quiet: boolean): PeopleRow[] {
  const wanted = useMemo(() => rows.map(({ id }) => id), [rows]);
  const presence = usePresenceCells(wanted, quiet);
  return useLines(
    rows,
    useCallback(({ id }: PersonRow) => presence.get(id), [presence]),
    withPresence,
  );
}

const withPresence = (row: PersonRow, presence: LoadedPresence | undefined): PeopleRow => ({ ...row, presence });
