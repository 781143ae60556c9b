'use client';

import { Search, SearchX } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { Avatar } from '#components/ui/avatar.tsx';
import { inputClass } from '#components/ui/field.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { usePeopleSearch } from './use-people-search.ts';

type Props = {
  /** Who is chosen already, and in which role. */
  chosen: { id: string; name: string | null } | null;
  as: 'stays' | 'goes' | 'from';
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Finds the other person, by typing or by a pasted id. */
export function PersonPicker({ chosen, as: role }: Props) {
  const t = useTranslations('merge');
  const tPersons = useTranslations('persons');
  const router = useRouter();
  const { text, found, busy, type } = usePeopleSearch(null, { address: false });
  const target = role === 'from' ? '/persons/link' : '/persons/merge';
  const other = role === 'from' ? 'to' : role === 'stays' ? 'goes' : 'stays';
  const query = text.trim();
  const rows = (found?.rows ?? []).filter((row) => row.id !== chosen?.id);

  function choose(id: string) {
    const params = new URLSearchParams(location.search);
    if (chosen) params.set(role, chosen.id);
    params.set(chosen ? other : role, id);
    router.push(`${target}?${params}` as Route);
  }

  return (
    <section aria-labelledby="picker-title" className="max-w-2xl rounded border bg-surface">
      <h2 id="picker-title" className="border-b px-4 py-3">
        {chosen
          ? t(role === 'from' ? 'pick-target' : 'pick-other', { name: chosen.name ?? t('no-name') })
          : t('pick-first')}
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
        {busy ? tPersons('searching') : query ? tPersons('results', { count: rows.length }) : ''}
      </p>
      {query && !busy && rows.length === 0 ? (
        <ListState icon={SearchX} title={tPersons('nothing', { query })}>
          {tPersons('nothing-help')}
        </ListState>
      ) : null}
      <ul className="divide-y">
        {query
          ? rows.slice(0, 20).map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  onClick={() => choose(row.id)}
                  className="flex w-full items-center gap-3 px-4 py-2 text-left hover:bg-hover"
                >
                  <Avatar name={row.name} />
                  <span className="min-w-0 grow">
                    <span className="block truncate font-medium">{row.name ?? tPersons('no-name')}</span>
                    <span className="block truncate text-sm text-muted">
                      {[row.phone?.text ?? row.phone?.stored, row.email].filter(Boolean).join(' · ') ||
                        row.id.slice(0, 8)}
                    </span>
                  </span>
                </button>
              </li>
            ))
          : null}
      </ul>
    </section>
  );
}
