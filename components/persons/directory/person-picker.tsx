'use client';

import { Search, SearchX } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { PersonChip } from './person-chip.tsx';
import { SearchProblem } from './search-problem.tsx';
import { usePresenceCells, type LoadedPresence } from './use-presence-cells.ts';
import { usePeopleSearch } from './use-people-search.ts';

type Props = {
  /** The person chosen already, in the role `as`. */
  chosen: { id: string; name: string | null } | null;
  page: '/persons/merge' | '/persons/link';
  /** The query parameter of the chosen person, or of the one to choose where there is none. */
  as: 'into' | 'from';
  /** The question, where it is not who is kept and who the duplicate is. */
  title?: string;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const MOST_SHOWN = 20;

/** Finds a person for a merge or a link, by typing or by a pasted id. */
export function PersonPicker({ chosen, page, as: role, title }: Props) {
  const t = useTranslations('merge');
  const tPersons = useTranslations('persons');
  const router = useRouter();
  const { text, found, busy, type, again } = usePeopleSearch(null, { address: false });
  const linking = page === '/persons/link';
  const other = linking ? 'to' : role === 'into' ? 'from' : 'into';
  const query = text.trim();
  const rows = (found?.rows ?? []).filter((row) => row.id !== chosen?.id);
  const shown = rows.slice(0, MOST_SHOWN);
  const searching = busy || (found?.pending ?? false);
  const problem = searching ? undefined : found?.problem;
  const presence = usePresenceCells(
    shown.map(({ id }) => id),
    !searching,
  );

  function choose(id: string) {
    const params = new URLSearchParams(location.search);
    if (chosen) params.set(role, chosen.id);
    params.set(chosen ? other : role, id);
    router.push(`${page}?${params}` as Route);
  }

  return (
    <section aria-labelledby="picker-title" className="max-w-2xl rounded border bg-surface">
      <h2 id="picker-title" className="border-b px-4 py-3">
        {title ??
          (chosen ? t(linking ? 'pick-target' : 'pick-other', { name: chosen.name ?? t('no-name') }) : t('pick-first'))}
      </h2>
      <div className="relative p-3">
        <Search aria-hidden className="pointer-events-none absolute top-6 left-6 size-4 text-muted" />
        <input
          type="search"
          aria-label={tPersons('search')}
          placeholder={t('pick-placeholder')}
          value={text}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) =>
            UUID.test(event.target.value.trim()) ? choose(event.target.value.trim()) : type(event.target.value)
          }
          className={`${inputClass} pl-9`}
        />
      </div>
      <p role="status" className="sr-only">
        {searching
          ? tPersons(rows.length > 0 ? 'still-searching' : 'searching')
          : query && !problem
            ? tPersons('results', { count: rows.length })
            : ''}
      </p>
      {query && problem ? <SearchProblem problem={problem} values={found?.values} again={again} /> : null}
      {query && !searching && !problem && (found?.incomplete || rows.length > MOST_SHOWN) ? (
        <Notice tone="info" className="mx-3 mb-3">
          {tPersons(found?.incomplete ? 'incomplete' : 'more-hits', { most: MOST_SHOWN })}
        </Notice>
      ) : null}
      {query && !searching && !problem && rows.length === 0 ? (
        <ListState icon={SearchX} title={tPersons('nothing', { query })}>
          {tPersons('nothing-help')}
        </ListState>
      ) : null}
      <ul className="divide-y">
        {query
          ? shown.map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  onClick={() => choose(row.id)}
                  className="flex w-full items-center gap-3 px-4 py-2 text-left hover:bg-hover"
                >
                  <PersonChip
                    name={nameOf(row, presence.get(row.id))}
                    noName={tPersons('no-name')}
                    fact={
                      [row.phone?.text ?? row.phone?.stored, row.email].filter(Boolean).join(' · ') ||
                      `${row.id.slice(0, 8)}…`
                    }
                  >
                    {nameOf(row, presence.get(row.id)) === row.name ? null : (
                      <span className="block truncate text-xs text-muted" title={tPersons('alias-hint')}>
                        {tPersons('alias')}: {row.name}
                      </span>
                    )}
                  </PersonChip>
                </button>
              </li>
            ))
          : null}
      </ul>
    </section>
  );
}

/** A hit's name may be one Omni found on a channel (contract §3); the person's own comes with the presence. */
function nameOf(row: PersonRow, presence: LoadedPresence | undefined): string | null {
  return typeof presence === 'object' ? presence.name : row.name;
}
