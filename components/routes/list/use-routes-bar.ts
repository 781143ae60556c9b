'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { FilterBarProps } from '#components/data-table/filter/filter-bar.tsx';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import type { RoutesFilter } from '#lib/routes/list/list-filter.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import { fold } from '#lib/text/fold.ts';
import type { SavedView } from '#lib/views/saved-views.ts';

export type FilterChoice = { id: string; name: string };

type Given = { instances: readonly FilterChoice[]; agents: readonly FilterChoice[]; views: readonly SavedView[] };

/** What the bar above the routes filters by: their instances, agents, kinds and states. */
export function useRoutesBar(
  given: Given,
  rows: readonly RouteRow[],
  filter: RoutesFilter,
  change: (patch: Partial<RoutesFilter>) => void,
): Omit<FilterBarProps, 'columns'> {
  const t = useTranslations('routes-list');
  const { instances, agents } = given;
  const values = { ...filter, sort: undefined };
  const filters = useMemo((): ListFilter[] => {
    const named = new Map(agents.map((agent) => [agent.id, agent]));
    for (const { agentId, agent } of rows)
      if (agentId && !named.has(agentId)) named.set(agentId, { id: agentId, name: agent ?? agentId.slice(0, 8) });
    return [
      { id: 'instance', label: t('instance'), choices: instances },
      {
        id: 'agent',
        label: t('agent'),
        choices: [{ id: 'default', name: t('agent-states.default') }, ...[...named.values()].toSorted(byName)],
      },
      {
        id: 'scope',
        label: t('scope'),
        choices: [
          { id: 'chat', name: t('scopes.chat') },
          { id: 'user', name: t('scopes.user') },
        ],
      },
      {
        id: 'active',
        label: t('active'),
        choices: [
          { id: 'yes', name: t('is-active') },
          { id: 'no', name: t('is-inactive') },
        ],
      },
    ];
  }, [agents, instances, rows, t]);
  return {
    search: {
      name: 'q',
      label: t('search'),
      placeholder: t('search-placeholder'),
      value: values.q,
      restMs: 0,
      change: (q) => change({ q }),
    },
    filters,
    values,
    change,
    views: { room: 'routes', first: given.views },
  };
}

const byName = (a: FilterChoice, b: FilterChoice) => (fold(a.name) < fold(b.name) ? -1 : 1);
