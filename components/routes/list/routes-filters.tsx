'use client';

import { Search, X } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import { narrows, NO_FILTER, SORTS, type RoutesFilter } from '#lib/routes/list/list-filter.ts';

export type FilterChoice = { id: string; name: string };

type Props = {
  filter: RoutesFilter;
  change: (patch: Partial<RoutesFilter>) => void;
  instances: readonly FilterChoice[];
  agents: readonly FilterChoice[];
};

const control = 'h-10 min-w-0 rounded border border-edge bg-surface px-2 text-sm';

/** Narrows and orders the list; the address follows. A plain form, so that it works before anything is alive. */
export function RoutesFilters({ filter, change, instances, agents }: Props) {
  const t = useTranslations('routes-list');
  return (
    <form
      method="get"
      action="/routes"
      role="search"
      onSubmit={(event) => event.preventDefault()}
      className="grid gap-2 border-b p-2 lg:flex lg:flex-wrap"
    >
      <div className="relative min-w-0 grow lg:max-xl:basis-full xl:min-w-56">
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-muted" />
        <input
          type="search"
          name="q"
          aria-label={t('search')}
          placeholder={t('search-placeholder')}
          value={filter.q}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ q: event.target.value })}
          className={`${inputClass} px-9 [&::-webkit-search-cancel-button]:hidden`}
        />
        {filter.q ? (
          <button
            type="button"
            aria-label={t('clear-text')}
            onClick={() => change({ q: '' })}
            className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded text-muted hover:text-text"
          >
            <X aria-hidden className="size-4" />
          </button>
        ) : null}
      </div>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:flex lg:min-w-0 lg:max-xl:flex-1">
        <Choose name="instance" label={t('instance')} value={filter.instance} change={change} all={t('any-instance')}>
          {withChosen(instances, filter.instance).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choose>
        <Choose name="agent" label={t('agent')} value={filter.agent} change={change} all={t('any-agent')}>
          <option value="default">{t('agent-states.default')}</option>
          {withChosen(agents, filter.agent === 'default' ? undefined : filter.agent).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choose>
        <Choose name="scope" label={t('scope')} value={filter.scope} change={change} all={t('any-scope')}>
          <option value="chat">{t('scopes.chat')}</option>
          <option value="user">{t('scopes.user')}</option>
        </Choose>
        <Choose name="active" label={t('active')} value={filter.active} change={change} all={t('any-active')}>
          <option value="yes">{t('is-active')}</option>
          <option value="no">{t('is-inactive')}</option>
        </Choose>
        <select
          name="sort"
          aria-label={t('sort')}
          value={filter.sort}
          onChange={(event) => change({ sort: event.target.value as RoutesFilter['sort'] })}
          className={`${control} col-span-2 lg:hidden`}
        >
          {SORTS.flatMap((by) => [by, `-${by}` as const]).map((sort) => (
            <option key={sort} value={sort}>
              {t(`sorts.${sort}`)}
            </option>
          ))}
        </select>
      </div>
      {narrows(filter) ? (
        <button
          type="button"
          onClick={() =>
            change({
              ...NO_FILTER,
              instance: undefined,
              agent: undefined,
              scope: undefined,
              active: undefined,
              sort: filter.sort,
            })
          }
          className="h-10 shrink-0 rounded px-2 text-sm font-medium text-accent-text hover:bg-hover"
        >
          {t('clear')}
        </button>
      ) : null}
    </form>
  );
}

/** What is chosen is offered, even when no row has it. */
function withChosen(choices: readonly FilterChoice[], chosen: string | undefined): readonly FilterChoice[] {
  if (!chosen || choices.some(({ id }) => id === chosen)) return choices;
  return [...choices, { id: chosen, name: chosen.slice(0, 8) }];
}

type ChooseProps = {
  name: 'instance' | 'agent' | 'scope' | 'active';
  label: string;
  value: string | undefined;
  all: string;
  change: Props['change'];
  children: React.ReactNode;
};

function Choose({ name, label, value, all, change, children }: ChooseProps) {
  return (
    <select
      name={name}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => change({ [name]: event.target.value || undefined })}
      className={`${control} lg:max-xl:flex-1 xl:max-w-44`}
    >
      <option value="">{all}</option>
      {children}
    </select>
  );
}
