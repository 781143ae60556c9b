'use client';

import { Route as RouteIcon, SearchX } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx';
import { useHiddenColumns } from '#components/data-table/use-hidden-columns.ts';
import { ViewsMenu } from '#components/data-table/views-menu.tsx';
import { CopyCommand } from '#components/operations/plan/copy-command.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { filterRows, narrows, NO_FILTER, sortRows, type RoutesFilter } from '#lib/routes/list/list-filter.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import { listCommand } from '#lib/routes/list/list-command.ts';
import { fold } from '#lib/text/fold.ts';
import { HIDEABLE, type Hideable } from '#lib/views/hidden-columns.ts';
import type { SavedView } from '#lib/views/saved-views.ts';
import { BulkBar } from '#components/routes/bulk/bulk-bar.tsx';
import { MissingInstances } from './missing-instances.tsx';
import { RoutesFilters, type FilterChoice } from './routes-filters.tsx';
import { RoutesTable } from './routes-table.tsx';
import { useAllRoutes, type RoutesStart } from './use-all-routes.ts';
import { useRouteNames, type MayName } from './use-route-names.ts';
import { useRoutesFilter, type FoundTargets } from './use-routes-filter.ts';
import { useSelection } from './use-selection.ts';

const STEP = 100;
const NONE: ReadonlySet<string> = new Set();

export type DirectoryProps = {
  start: RoutesStart;
  filter: RoutesFilter;
  found: FoundTargets | null;
  names: RouteName[];
  mayName: MayName;
  instances: FilterChoice[];
  agents: FilterChoice[];
  views: readonly SavedView[];
  hidden: readonly Hideable<'routes'>[];
  /** Why nothing can be changed with this key. */
  locked?: string | undefined;
};

/** Who answers which chat or person, on every instance the key may see. */
export function RoutesDirectory(props: DirectoryProps) {
  const { start, mayName, instances, locked } = props;
  const t = useTranslations('routes-list');
  const { hidden, toggle: toggleColumn } = useHiddenColumns('routes', props.hidden);
  const { filter, found, searching, change } = useRoutesFilter(props.filter, props.found);
  const all = useAllRoutes(start, filter.instance);
  const { names, want } = useRouteNames(props.names, mayName);
  const [limit, setLimit] = useState(STEP);
  const deferred = useDeferredValue(filter);
  const { rows, late, placeLateRows } = all;

  const view = useMemo(() => {
    const ids = found && found.q === deferred.q.trim() ? new Set(found.ids) : NONE;
    const kept = sortRows(filterRows(rows, deferred, names, ids), deferred.sort);
    return late.size === 0
      ? kept
      : [...kept.filter(({ id }) => !late.has(id)), ...kept.filter(({ id }) => late.has(id))];
  }, [rows, late, deferred, names, found]);
  const order = useMemo(() => view.map(({ id }) => id), [view]);
  const { chosen, toggle, choose } = useSelection(order);
  const shown = useMemo(() => view.slice(0, limit), [view, limit]);
  useEffect(() => {
    const shownNow = new Set(shown);
    const unnamed = deferred.q.trim()
      ? filterRows(rows, { ...deferred, q: '' }, names).filter((row) => row.scope === 'chat' && !shownNow.has(row))
      : [];
    want([...shown, ...unnamed]);
  }, [shown, want, rows, deferred, names]);

  const narrow = (patch: Partial<RoutesFilter>) => {
    setLimit(STEP);
    placeLateRows();
    change(patch);
  };
  const agents = useMemo(() => {
    const named = new Map(props.agents.map((agent) => [agent.id, agent]));
    for (const { agentId, agent } of rows)
      if (agentId && !named.has(agentId)) named.set(agentId, { id: agentId, name: agent ?? agentId.slice(0, 8) });
    return [...named.values()].toSorted((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1));
  }, [rows, props.agents]);

  const loading = !all.complete && all.problem === null;
  const asked = narrows(filter);
  const total = all.complete ? rows.length : start.total;
  const matched = all.complete || filter !== props.filter ? view.length : start.matched;
  const picked = view.filter(({ id }) => chosen.has(id));

  return (
    <div className="space-y-3">
      <MissingInstances
        waiting={all.waiting}
        failed={all.failed}
        problem={all.problem}
        again={all.again}
        lateRows={late.size}
      />
      <div className="rounded border bg-surface">
        <RoutesFilters filter={filter} change={narrow} instances={instances} agents={agents} />
        <div className="flex flex-wrap items-center gap-1 pt-1 pr-2 pl-4">
          <p role="status" className="grow text-sm text-muted">
            {asked ? t('count-of', { count: matched, total }) : t('count', { count: total })}
            {loading || searching ? ` ${t('still-loading')}` : ''}
          </p>
          <ViewsMenu room="routes" first={props.views} />
          <ColumnsMenu
            columns={HIDEABLE.routes.map((id) => ({ id, label: t(`columns.${id}`) }))}
            hidden={hidden}
            toggle={toggleColumn}
          />
        </div>
        {found?.incomplete && found.q === filter.q.trim() ? (
          <Notice tone="info" className="mx-3 mt-2">
            {t('incomplete')}
          </Notice>
        ) : null}
        {view.length > 0 ? (
          <RoutesTable
            shown={shown}
            total={view.length}
            names={names}
            mayName={mayName}
            chosen={chosen}
            toggle={toggle}
            choose={choose}
            order={order}
            sort={filter.sort}
            sortBy={(sort) => narrow({ sort })}
            busy={loading}
            hidden={hidden}
            more={() => setLimit((now) => Math.min(now + STEP, view.length))}
            locked={locked}
          />
        ) : loading || searching ? (
          <SkeletonRows rows={8} label={t('still-loading')} />
        ) : asked ? (
          <ListState
            icon={SearchX}
            title={t('nothing')}
            actions={
              <Button
                onClick={() =>
                  narrow({ ...NO_FILTER, instance: undefined, agent: undefined, scope: undefined, active: undefined })
                }
              >
                {t('clear')}
              </Button>
            }
          >
            {t('nothing-help')}
          </ListState>
        ) : (
          <ListState
            icon={RouteIcon}
            title={t('empty')}
            actions={
              locked ? null : (
                <Link prefetch={false} href={'/routes/new' as Route} className={buttonClass({ variant: 'primary' })}>
                  {t('new')}
                </Link>
              )
            }
          >
            {t('empty-help')}
          </ListState>
        )}
        <BulkBar
          picked={picked}
          total={view.length}
          chooseAll={() => choose(order)}
          clear={() => choose([])}
          locked={locked}
        />
      </div>
      <CopyCommand command={listCommand(filter)} />
    </div>
  );
}
