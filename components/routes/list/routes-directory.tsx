'use client';

import { FlaskConical, Route as RouteIcon, SearchX, Trash2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { DataList } from '#components/data-table/data-list.tsx';
import { CopyCommand } from '#components/operations/plan/copy-command.tsx';
import { BulkActions, useBulkDialog } from '#components/routes/bulk/bulk-actions.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { listCommand } from '#lib/routes/list/list-command.ts';
import { filterRows, narrows, NO_FILTER, SORTS, sortRows, type RoutesFilter } from '#lib/routes/list/list-filter.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import { changedQuery } from '#lib/views/address.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import type { SavedView } from '#lib/views/saved-views.ts';
import { MissingInstances } from './missing-instances.tsx';
import { useRouteLabel } from './route-cells.tsx';
import { ROUTES_COLUMNS } from './routes-columns.tsx';
import { useAllRoutes, type RoutesStart } from './use-all-routes.ts';
import { useRouteLines } from './use-route-lines.ts';
import { useRouteNames, type MayName } from './use-route-names.ts';
import { useRoutesBar, type FilterChoice } from './use-routes-bar.ts';
import { useRoutesFilter, type FoundTargets } from './use-routes-filter.ts';

/** Names are asked for as far down as anybody looks at first, then as rows come into sight; a search asks for all it may need. */
const NAMED = 100;
const NONE: ReadonlySet<string> = new Set();
const CLEAR = { instance: undefined, agent: undefined, scope: undefined, active: undefined };

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
  const { start, mayName, locked } = props;
  const t = useTranslations('routes-list');
  const { filter, found, searching, change } = useRoutesFilter(props.filter, props.found);
  const all = useAllRoutes(start, filter.instance);
  const { names, want } = useRouteNames(props.names, mayName);
  const deferred = useDeferredValue(filter);
  const { rows, late, placeLateRows } = all;
  const labelOf = useRouteLabel();
  const bulk = useBulkDialog();
  const head = useCallback((id: string) => (id === 'active' ? t('active') : t(`columns.${id as 'label'}`)), [t]);

  const view = useMemo(() => {
    const ids = found && found.q === deferred.q.trim() ? new Set(found.ids) : NONE;
    const kept = sortRows(filterRows(rows, deferred, names, ids), deferred.sort);
    return late.size === 0
      ? kept
      : [...kept.filter(({ id }) => !late.has(id)), ...kept.filter(({ id }) => late.has(id))];
  }, [rows, late, deferred, names, found]);
  const lines = useRouteLines(view, names, mayName, locked);
  const [seen, see] = useState(NONE);
  useEffect(() => {
    const first = [...view.slice(0, NAMED), ...view.slice(NAMED).filter(({ id }) => seen.has(id))];
    const asked = new Set(first);
    const unnamed = deferred.q.trim()
      ? filterRows(rows, { ...deferred, q: '' }, names).filter((row) => row.scope === 'chat' && !asked.has(row))
      : [];
    want([...first, ...unnamed]);
  }, [view, want, rows, deferred, names, seen]);

  const narrow = (patch: Partial<RoutesFilter>) => {
    placeLateRows();
    change(patch);
  };
  const loading = !all.complete && all.problem === null;
  const asked = narrows(filter);
  const total = all.complete ? rows.length : start.total;
  const shown = all.complete || filter !== props.filter ? view.length : start.matched;
  const bar = useRoutesBar(props, rows, filter, narrow);

  return (
    <>
      <MissingInstances
        waiting={all.waiting}
        failed={all.failed}
        problem={all.problem}
        again={all.again}
        lateRows={late.size}
      />
      <DataList
        label={t('title')}
        columns={ROUTES_COLUMNS}
        head={head}
        rows={lines}
        nameOf={labelOf}
        hidden={{ room: 'routes', first: props.hidden }}
        faded={isInactive}
        onSeen={(ids) => see((now) => new Set([...now, ...ids]))}
        total={view.length}
        busy={loading}
        sort={{
          now: filter.sort,
          href: (sort) => `/routes?${changedQuery(queryOf(filter), { sort })}`,
          set: (sort) => narrow({ sort: sort as RoutesFilter['sort'] }),
        }}
        bar={{
          ...bar,
          count: { shown, total },
          looking: loading || searching,
          sorts: {
            now: filter.sort,
            all: SORTS.flatMap((by) => [by, `-${by}` as const]).map((id) => ({ id, name: t(`sorts.${id}`) })),
          },
        }}
        notice={
          found?.incomplete && found.q === filter.q.trim() ? (
            <p className="border-b bg-info-soft px-4 py-1 text-sm">{t('incomplete')}</p>
          ) : null
        }
        state={
          view.length > 0 ? undefined : loading || searching ? (
            <SkeletonRows rows={8} label={t('still-loading')} />
          ) : asked ? (
            <ListState
              icon={SearchX}
              title={t('nothing')}
              actions={<Button onClick={() => narrow({ ...NO_FILTER, ...CLEAR })}>{t('clear')}</Button>}
            >
              {t('nothing-help')}
            </ListState>
          ) : (
            <ListState
              icon={RouteIcon}
              title={t('empty')}
              actions={
                locked ? null : (
                  <Link prefetch={false} href={'/routes/new' as Route} className={buttonClass({})}>
                    {t('new')}
                  </Link>
                )
              }
            >
              {t('empty-help')}
            </ListState>
          )
        }
        select={{
          scope: JSON.stringify({ ...deferred, sort: undefined }),
          renderActions: (picked, clear) => (
            <BulkActions picked={picked} clear={clear} locked={locked} begin={bulk.begin} />
          ),
        }}
        actions={(line) => [
          {
            id: 'test',
            label: t('test'),
            icon: <FlaskConical aria-hidden />,
            href: `/routes/test?instance=${line.instanceId}&${line.scope === 'chat' ? 'chat' : 'person'}=${line.targetId}`,
          },
          {
            id: 'delete',
            label: t('delete-title'),
            icon: <Trash2 aria-hidden />,
            href: `/routes/delete?instance=${line.instanceId}&route=${line.id}`,
            danger: true,
            reason: locked,
          },
        ]}
      />
      {bulk.dialog}
      <div className="mt-3">
        <CopyCommand command={listCommand(filter)} />
      </div>
    </>
  );
}

const isInactive = ({ active }: { active: boolean }) => !active;

function queryOf(filter: RoutesFilter): URLSearchParams {
  return new URLSearchParams(
    Object.entries(filter).filter((pair): pair is [string, string] => Boolean(pair[1]) && pair[0] !== 'sort'),
  );
}
