'use client';

import { Search, SearchX, UsersRound, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx';
import { useHiddenColumns } from '#components/data-table/use-hidden-columns.ts';
import { Button } from '#components/ui/button.tsx';
import { inputClass } from '#components/form/field.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { HIDEABLE, type Hideable } from '#lib/views/hidden-columns.ts';
import { PeopleTable } from './people-table.tsx';
import { SearchProblem } from './search-problem.tsx';
import { usePeopleSearch, type PeopleFound } from './use-people-search.ts';

type Props = {
  /** The directory's own page; null when the address asked for a search instead. */
  rows: PersonRow[] | null;
  start: PeopleFound | null;
  pager: ReactNode;
  hidden: readonly Hideable<'persons'>[];
  /** Whether the key can merge people, as far as is known. */
  mayMerge: boolean;
  failed?: ReactNode;
};

const NOBODY: PersonRow[] = [];

/** All people, newest first; while somebody types, the hits of their search. */
export function PersonsDirectory({ rows, start, pager, mayMerge, failed, hidden: first }: Props) {
  const t = useTranslations('persons');
  const { hidden, toggle } = useHiddenColumns('persons', first);
  const { text, found, busy, type, again } = usePeopleSearch(start);
  const searching = text.trim() !== '';
  const shown = searching ? (found?.rows ?? NOBODY) : (rows ?? NOBODY);
  const loading = busy || (found?.pending ?? false);

  return (
    <div className="rounded border bg-surface">
      <div className="flex items-center gap-2 border-b p-2">
        <div className="relative grow">
          <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-muted" />
          <input
            type="search"
            aria-label={t('search')}
            placeholder={t('search-placeholder')}
            value={text}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => type(event.target.value)}
            className={`${inputClass} pl-9 [&::-webkit-search-cancel-button]:hidden`}
          />
          {text ? (
            <button
              type="button"
              aria-label={t('clear')}
              onClick={() => type('')}
              className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded text-muted hover:text-text"
            >
              <X aria-hidden className="size-4" />
            </button>
          ) : null}
        </div>
        <ColumnsMenu columns={HIDEABLE.persons.map((id) => ({ id, label: t(id) }))} hidden={hidden} toggle={toggle} />
      </div>
      <p role="status" className={searching ? 'px-4 pt-3 text-sm text-muted' : 'sr-only'}>
        {searching
          ? loading
            ? shown.length > 0
              ? t('still-searching')
              : t('searching')
            : found?.problem
              ? ''
              : t('results', { count: shown.length })
          : ''}
      </p>
      {searching && found?.incomplete && !loading ? (
        <Notice tone="info" className="m-3">
          {t('incomplete')}
        </Notice>
      ) : null}
      <Body
        searching={searching}
        loading={loading}
        found={found}
        shown={shown}
        hidden={hidden}
        failed={failed}
        mayMerge={mayMerge}
        query={text.trim()}
        again={again}
        clear={() => type('')}
      />
      {searching || failed ? null : pager}
    </div>
  );
}

type BodyProps = {
  searching: boolean;
  loading: boolean;
  found: PeopleFound | null;
  shown: PersonRow[];
  hidden: readonly Hideable<'persons'>[];
  failed: ReactNode;
  mayMerge: boolean;
  query: string;
  again: () => void;
  clear: () => void;
};

function Body({ searching, loading, found, shown, hidden, failed, mayMerge, query, again, clear }: BodyProps) {
  const t = useTranslations('persons');
  if (searching && found?.problem && !loading)
    return <SearchProblem problem={found.problem} values={found.values} again={again} />;
  if (!searching && failed) return failed;
  if (shown.length > 0) return <PeopleTable rows={shown} busy={loading} hidden={hidden} mayMerge={mayMerge} />;
  if (searching && loading) return <SkeletonRows rows={8} label={t('loading')} />;
  if (searching) {
    return (
      <ListState icon={SearchX} title={t('nothing', { query })} actions={<Button onClick={clear}>{t('clear')}</Button>}>
        {t('nothing-help')}
      </ListState>
    );
  }
  return (
    <ListState icon={UsersRound} title={t('empty')}>
      {t('empty-help')}
    </ListState>
  );
}
