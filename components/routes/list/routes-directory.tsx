'use client';

import { FlaskConical, Route as RouteIcon, SearchX, Trash2 } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { DataList } from '#components/data-table/data-list.tsx';
import { CopyCommand } from '#components/operations/plan/copy-command.tsx';
import { BulkActions, useBulkDialog } from '#components/routes/bulk/bulk-actions.tsx';
import { useBulkAgents } from '#components/routes/bulk/use-bulk-agents.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { MOST_CHANGED } from '#lib/routes/bulk/limits.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import type { AgentChoice } from '#lib/routes/list/list.ts';
import { listCommand } from '#lib/routes/list/list-command.ts';
import {
  decidedByNames,
  filterRows,
  narrows,
  NO_FILTER,
  SORTS,
  sortRows,
  whyMissing,
  type RouteNames,
  type RoutesFilter,
} from '#lib/routes/list/list-filter.ts';
import { unpackNames, unpackTargets } from '#lib/routes/list/packed-routes.ts';
import { changedQuery } from '#lib/views/address.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import type { SavedView } from '#lib/views/saved-views.ts';
import { MissingInstances } from './missing-instances.tsx';
import { useRouteLabel } from './route-cells.tsx';
import { ROUTES_COLUMNS } from './routes-columns.tsx';
import { isBeingRead, useAllRoutes, type RoutesStart } from './use-all-routes.ts';
import { useRouteLines } from './use-route-lines.ts';
import { useRouteNames, type MayName } from './use-route-names.ts';
import { useRoutesBar, type FilterChoice } from './use-routes-bar.ts';
import { useRoutesFilter, type FoundTargets } from './use-routes-filter.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

/** Names are asked for as far down as anybody looks at first, then as rows come into sight; a search asks for all it may need. */
const NAMED = 100;
const NONE: ReadonlySet<string> = new Set();
const NO_NAMES: RouteNames = new Map();
const NO_AGENTS: readonly FilterChoice[] = [];
const CLEAR = { instance: undefined, agent: undefined, scope: undefined, active: undefined };

export type DirectoryProps = {
  start: RoutesStart;
  filter: RoutesFilter;
  found: FoundTargets | null;
  /** Of the rows in their packed order; those that follow the page. */
  names: string;
  moreNames: Promise<string>;
  mayName: MayName;
  instances: FilterChoice[];
  agents: Seen<readonly AgentChoice[]>;
  /** The same where they were late: they follow the page. */
  lateAgents: Promise<Seen<readonly AgentChoice[]>> | null;
  views: readonly SavedView[];
  hidden: readonly Hideable<'routes'>[];
  /** Why nothing can be changed with this key. */
  locked?: Locked | undefined;
};

/** Who answers which chat or person, on every instance the key may see. */
export function RoutesDirectory(props: DirectoryProps) {
  const { start, mayName, locked } = props;
  const t = useTranslations('routes-list');
  const { filter, found, searching, change } = useRoutesFilter(props.filter, props.found);
  const all = useAllRoutes(start, filter.instance);
  const { first, more } = useMemo(() => {
    const targets = unpackTargets(start.packed);
    return {
      first: unpackNames(targets, props.names),
      more: props.moreNames.then((text) => unpackNames(targets, text)),
    };
  }, [start, props.names, props.moreNames]);
  const { names, want } = useRouteNames(first, mayName, more);
  const deferred = useDeferredValue(filter);
  const { rows, late, placeLateRows } = all;
  const labelOf = useRouteLabel();
  const agents = useBulkAgents(props.agents, props.lateAgents);
  const bulk = useBulkDialog(agents);
  const head = useCallback((id: string) => t(`columns.${id as 'label'}`), [t]);
  const byName = deferred.sort === 'target' || deferred.sort === '-target';
  const [ordered, order] = useState({ sort: deferred.sort, names });
  if (ordered.sort !== deferred.sort) order({ sort: deferred.sort, names });
  useEffect(() => {
    if (!isBeingRead()) order((now) => (now.names === names ? now : { ...now, names }));
  }, [names]);

  const kept = useMemo(() => {
    const ids = found && found.q === deferred.q.trim() ? new Set(found.ids) : NONE;
    return filterRows(rows, deferred, names, ids);
  }, [rows, deferred, names, found]);
  const orderNames = byName ? ordered.names : NO_NAMES;
  const view = useMemo(() => {
    const sorted = sortRows(kept, deferred.sort, orderNames);
    return late.size === 0
      ? sorted
      : [...sorted.filter(({ id }) => !late.has(id)), ...sorted.filter(({ id }) => late.has(id))];
  }, [kept, late, deferred.sort, orderNames]);
  const lines = useRouteLines(view, names, mayName, locked);
  const [seen, see] = useState(NONE);
  /** Rows whose names decide whether they belong to the list, or where: people are found at Omni by theirs. */
  const deciding = useMemo(() => {
    const open = decidedByNames(rows, deferred, kept, found?.q === deferred.q.trim() ? found : null);
    return (byName ? [...kept, ...open] : open).filter((row) => mayName[row.scope] && !names.has(row.targetId));
  }, [rows, deferred, names, byName, kept, mayName, found]);
  useEffect(() => {
    const firstRows = [...view.slice(0, NAMED), ...view.slice(NAMED).filter(({ id }) => seen.has(id))];
    const asked = new Set(firstRows);
    want([...firstRows, ...deciding.filter((row) => !asked.has(row))]);
  }, [view, want, deciding, seen]);

  const narrow = (patch: Partial<RoutesFilter>) => {
    placeLateRows();
    change(patch);
  };
  const loading = (!all.complete || all.waiting.length > 0) && all.problem === null;
  // While the rows shown are those of the filter before, nothing is complete.
  const naming = deciding.length > 0 || deferred !== filter;
  const unread = all.failed.length > 0 || all.problem !== null;
  const missing = useMemo(() => {
    const q = deferred.q.trim();
    return q && found?.q === q && deciding.length === 0 ? whyMissing(rows, deferred, kept, names, found) : null;
  }, [rows, kept, deciding, deferred, names, found]);
  const asked = narrows(filter);
  const bar = useRoutesBar({ ...props, agents: seenOr(agents, NO_AGENTS) }, rows, filter, narrow);

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
          count: { shown: view.length, total: rows.length },
          looking: loading || searching || naming,
          sorts: {
            now: filter.sort,
            all: SORTS.flatMap((by) => [by, `-${by}` as const]).map((id) => ({ id, name: t(`sorts.${id}`) })),
          },
        }}
        notice={
          missing ? (
            <p className="border-b bg-info-soft px-4 py-1 text-sm">
              {t(`missing.${missing.why}`, { count: 0, scope: '', ...missing })}
            </p>
          ) : null
        }
        state={
          view.length > 0 ? undefined : loading || searching || naming ? (
            <SkeletonRows rows={8} label={t('still-loading')} />
          ) : asked ? (
            <ListState
              icon={SearchX}
              title={t(unread ? 'nothing-read' : missing ? 'nothing-unsure' : 'nothing')}
              actions={<Button onClick={() => narrow({ ...NO_FILTER, ...CLEAR })}>{t('clear')}</Button>}
            />
          ) : unread ? (
            <ListState icon={RouteIcon} title={t('empty-read')} />
          ) : (
            <ListState
              icon={RouteIcon}
              title={t('empty')}
              actions={
                locked ? null : (
                  <Link href={'/routes/new' as Route} className={buttonClass({})}>
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
          most: MOST_CHANGED,
          complete: !(loading || searching || naming),
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
