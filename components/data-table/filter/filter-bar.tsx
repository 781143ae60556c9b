'use client';

import { ListFilter as FilterIcon } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import type { AddressChange } from '#lib/views/address.ts';
import type { SavedView } from '#lib/views/saved-views.ts';
import type { ViewsRoom } from '#lib/views/view-query.ts';
import { AddFilter, type AddFilterHandle } from './add-filter.tsx';
import { chosenName, type ListFilter } from './filters.ts';
import { FilterChip } from './filter-chip.tsx';
import { SearchBox, type SearchBoxProps } from './search-box.tsx';
import { ViewsMenu } from './views-menu.tsx';

export type FilterBarProps = {
  search?: Omit<SearchBoxProps, 'kept' | 'change'> & { change?: (text: string) => void };
  filters?: readonly ListFilter[];
  /** The values of the filters, as the address has them. */
  values?: Readonly<Record<string, string | undefined>>;
  change: (patch: AddressChange) => void;
  /** How many of how many are shown; undefined where that is not known. */
  count?: { shown: number; total?: number | undefined } | undefined;
  /** Rows may still come. */
  looking?: boolean;
  busy?: boolean;
  views?: { room: ViewsRoom; first: readonly SavedView[] };
  /** The orders a list can have, for a phone, where there are no heads. */
  sorts?: { now: string; all: readonly { id: string; name: string }[] };
  columns?: ReactNode;
  /** In a part of a record, which nothing frames. */
  plain?: boolean;
  /** In place of the search: what narrows a list that is not searched. On a phone it stands above the button of the filters. */
  lead?: ReactNode;
  /** What else belongs to the bar, such as how far a search has come. */
  children?: ReactNode;
};

/**
 * The line above a list: search, filters as chips, how many rows, saved views, columns. On a phone all but the search stand behind
 * one button that counts them.
 */
export function FilterBar(props: FilterBarProps) {
  const {
    search,
    filters = [],
    values = {},
    change,
    count,
    looking = false,
    busy = false,
    views,
    sorts,
    columns,
    plain = false,
  } = props;
  const t = useTranslations('list-tools');
  const format = useFormatter();
  const id = useId();
  const add = useRef<AddFilterHandle>(null);
  const set = filters.flatMap((filter) => {
    const value = values[filter.id];
    return value ? [{ filter, value }] : [];
  });
  const folds = filters.length > 0 || views !== undefined;
  const clear = () => change(Object.fromEntries(filters.map((each) => [each.id, undefined])));
  return (
    <div
      className={`flex flex-wrap items-center gap-x-2 gap-y-1 ${plain ? 'pb-1' : 'border-b px-3 py-1.5 cards:px-4'}`}
    >
      {search ? (
        <SearchBox
          {...search}
          kept={values}
          change={search.change ?? ((text) => change({ [search.name]: text || undefined }))}
        />
      ) : null}
      {props.lead}
      {folds ? (
        <button
          type="button"
          popoverTarget={id}
          className={buttonClass({ size: 'sm' }, 'rows:hidden pointer-coarse:h-10')}
          aria-label={t('filters', { count: set.length })}
        >
          <FilterIcon aria-hidden className="size-4" />
          {t('filters', { count: set.length })}
        </button>
      ) : null}
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={t('filters', { count: set.length })}
        className="filter-panel"
      >
        {set.length > 0 ? (
          <ul aria-label={t('active-filters')} className="flex min-w-0 flex-wrap gap-1">
            {set.map(({ filter, value }) => (
              <FilterChip
                key={filter.id}
                label={filter.label}
                value={chosenName(filter, value, (at, style) => format.dateTime(at, { ...style, timeZone: 'UTC' }))}
                edit={(button) => add.current?.open(filter, button)}
                remove={() => change({ [filter.id]: undefined })}
              />
            ))}
          </ul>
        ) : null}
        {filters.length > 0 ? <AddFilter ref={add} filters={filters} values={values} change={change} /> : null}
        {set.length > 1 ? (
          <button type="button" onClick={clear} className={buttonClass({ size: 'sm', variant: 'ghost' })}>
            {t('clear-filters')}
          </button>
        ) : null}
        {sorts ? (
          <label className="flex items-center gap-2 text-muted rows:hidden">
            {t('order')}
            <select
              value={sorts.now}
              onChange={({ target }) => change({ sort: target.value })}
              className="h-10 min-w-0 grow rounded border border-edge bg-surface px-2 text-text"
            >
              {sorts.all.map(({ id: sort, name }) => (
                <option key={sort} value={sort}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {props.children}
        <span className="flex items-center gap-1 rows:order-2">
          {views ? <ViewsMenu {...views} /> : null}
          {columns}
        </span>
      </div>
      <p role="status" className="text-xs text-muted rows:order-1 rows:ml-auto cards:basis-full cards:empty:hidden">
        {count
          ? looking || busy
            ? t('so-far', { count: count.shown })
            : count.total === undefined || count.total === count.shown
              ? t('count', { count: count.shown })
              : t('count-of', { count: count.shown, total: count.total })
          : looking || busy
            ? t('looking')
            : ''}
      </p>
    </div>
  );
}
