'use client';

import { CircleCheck, CircleHelp, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { followAddress } from '#components/shell/calls/page-reading.ts';
import { BulkActions, useBulkDialog } from '#components/routes/bulk/bulk-actions.tsx';
import { useBulkAgents } from '#components/routes/bulk/use-bulk-agents.ts';
import { DataList } from '#components/data-table/data-list.tsx';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import { changedQuery } from '#lib/views/address.ts';
import { useRouteLabel } from '#components/routes/list/route-cells.tsx';
import { useRouteLines } from '#components/routes/list/use-route-lines.ts';
import { useRouteNames, type MayName } from '#components/routes/list/use-route-names.ts';
import { Button } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { MOST_CHANGED } from '#lib/routes/bulk/limits.ts';
import { countReasons, isFoundLate, REASONS, type HealthReason } from '#lib/routes/health/health.ts';
import type { Unhealthy, UnreadParts } from '#lib/routes/health/health-line.ts';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoice } from '#lib/routes/list/list.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import { HEALTH_COLUMNS, type HealthRow } from './health-columns.tsx';
import { fixOf, HealthFixes } from './health-fixes.tsx';
import { HealthGroups } from './health-groups.tsx';
import { useHealth } from './use-health.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

/** Names are asked for so many rows at first, then as rows come into sight. */
const NAMED = 100;

type Props = {
  start: Unhealthy[];
  /** These are all that have findings of their own, not only the first. */
  startsWhole: boolean;
  unread: string[];
  without: UnreadParts;
  /** The key may not read a part of what is checked. */
  limited: boolean;
  mayName: MayName;
  /** What a route can get instead of its agent. */
  agents: Seen<readonly AgentChoice[]>;
  /** Findings, instance and agent that the list is narrowed to; no findings are all. */
  filter: HealthFilter;
  /** Why no route can be changed with this key. */
  locked: Locked | undefined;
};

type HealthFilter = { reason: HealthReason[]; instance?: string | undefined; agent?: string | undefined };

const NO_NAMES: RouteName[] = [];

/** Routes with something wrong in groups, each with its reasons and who answers now; gravest first. */
export function HealthList({ start, mayName, filter: chosen, locked, limited, ...atFirst }: Props) {
  const t = useTranslations('routes-health');
  const tList = useTranslations('routes-list');
  const tUi = useTranslations('ui');
  const health = useHealth({ start, whole: atFirst.startsWhole, unread: atFirst.unread, without: atFirst.without });
  const { whole: listed, unhealthy, unread, without, checked, total, failed, state, again, stop } = health;
  const whole = !limited && unread.length === 0 && without.length === 0 && failed === 0;
  const { names, want } = useRouteNames(NO_NAMES, mayName);
  const [filter, setFilter] = useState(chosen);
  const { reason: reasons } = filter;
  const there = useMemo(
    () =>
      [...unhealthy.values()].filter(
        ({ row }) =>
          (!filter.instance || row.instanceId === filter.instance) && (!filter.agent || row.agentId === filter.agent),
      ),
    [unhealthy, filter.instance, filter.agent],
  );
  const filters = useFilters(unhealthy);
  const counts = useMemo(() => {
    const all = countReasons(there.flatMap(({ findings }) => findings));
    return new Map(all.map((one) => [one.reason, one.count]));
  }, [there]);
  const view = useMemo(
    () =>
      there
        .filter(({ findings }) => reasons.length === 0 || findings.some(({ reason }) => reasons.includes(reason)))
        .toSorted((a, b) => rank(a) - rank(b)),
    [there, reasons],
  );
  const [seen, see] = useState<ReadonlySet<string>>(new Set());
  const routes = useMemo(() => view.map(({ row }) => row), [view]);
  useEffect(
    () => want([...routes.slice(0, NAMED), ...routes.slice(NAMED).filter(({ id }) => seen.has(id))]),
    [routes, want, seen],
  );
  const bulk = useBulkDialog(useBulkAgents(atFirst.agents));
  const { begin } = bulk;
  const named = useRouteLines(routes, names, mayName, locked);
  const lines = useMemo(
    () =>
      named.map((line, at): HealthRow => {
        const { findings = [], verdict = null } = view[at] ?? {};
        const kind = fixOf({ row: line, findings });
        const fix = kind && { kind, start: () => begin({ kind, rows: [line], clear: again }) };
        return { ...line, findings, now: verdict ?? (state === 'running' ? 'checking' : null), fix };
      }),
    [named, view, state, begin, again],
  );
  const head = useCallback(
    (id: string) =>
      id === 'reason' || id === 'now'
        ? t(id)
        : id === 'fix'
          ? t('row-fix')
          : tList(id === 'target' ? 'columns.target' : 'instance'),
    [t, tList],
  );
  const complete = state !== 'running' || (listed && reasons.length > 0 && !reasons.some(isFoundLate));
  const labelOf = useRouteLabel();
  const change = (patch: Partial<HealthFilter>) => {
    const next = { ...filter, ...patch };
    setFilter(next);
    const query = changedQuery('', { reason: next.reason.join(','), instance: next.instance, agent: next.agent });
    followAddress(query ? `?${query}` : location.pathname);
  };
  const narrowed = reasons.length > 0 || Boolean(filter.instance ?? filter.agent);
  const clear = () => change({ reason: [], instance: undefined, agent: undefined });
  return (
    <>
      <div className="flex min-h-9 flex-wrap items-center gap-3 pb-1">
        <p role="status" className="grow text-sm text-muted">
          {t(`states.${state === 'done' && !whole ? 'done-partly' : state}`, {
            checked,
            total,
            read: checked - failed,
          })}
          {failed > 0 ? ` · ${t('not-checked', { count: failed })}` : ''}
        </p>
        {state === 'running' && total > 0 ? (
          <progress value={checked} max={total} aria-label={t('progress')} className="h-2 w-40 accent-(--accent)" />
        ) : null}
        {state === 'running' ? (
          <Button size="sm" onClick={stop}>
            {t('stop')}
          </Button>
        ) : (
          <Button size="sm" onClick={() => again()}>
            {t('again')}
          </Button>
        )}
      </div>
      <Notices
        all={[
          state === 'failed' && {
            id: 'failed',
            tone: 'danger',
            role: 'alert',
            text: t('states.failed', { checked, total }),
            more: t('failed'),
            action: (
              <Button size="sm" onClick={() => again()}>
                {tUi('retry')}
              </Button>
            ),
          },
          unread.length > 0 && {
            id: 'unread',
            tone: 'warn',
            role: 'alert',
            text: t('failed-instances', { names: unread.join(', ') }),
          },
          without.length > 0 && {
            id: 'without',
            tone: 'warn',
            role: 'alert',
            text: without.map((what) => t(`without.${what}`)).join(' '),
          },
        ]}
      />
      <DataList
        label={t('title')}
        columns={HEALTH_COLUMNS}
        head={head}
        rows={lines}
        nameOf={labelOf}
        busy={state === 'running'}
        onSeen={(ids) => see((now) => new Set([...now, ...ids]))}
        bar={{
          lead: (
            <HealthGroups
              {...{ counts, reasons }}
              partly={!listed}
              total={there.length}
              choose={(reason) => change({ reason })}
            />
          ),
          filters,
          values: { instance: filter.instance, agent: filter.agent },
          change: (patch) => change(patch),
        }}
        top={
          lines.length > 0 ? (
            <HealthFixes
              reasons={reasons}
              rows={routes}
              locked={locked ?? (complete ? undefined : t('not-yet'))}
              begin={begin}
              clear={again}
            />
          ) : null
        }
        select={{
          scope: JSON.stringify(filter),
          most: MOST_CHANGED,
          complete,
          renderActions: (picked, clear) => {
            // What was found is checked again at once: the page may be read again later, or not at all.
            const done = () => {
              clear();
              again();
            };
            return <BulkActions {...{ picked, locked }} clear={done} begin={begin} />;
          },
        }}
        actions={({ instanceId, id, scope, targetId }) => [
          { id: 'open', label: t('open'), href: `/routes/${instanceId}/${id}` },
          {
            id: 'test',
            label: tList('test'),
            href: `/routes/test?instance=${instanceId}&${scope === 'chat' ? 'chat' : 'person'}=${targetId}`,
          },
          {
            id: 'delete',
            label: t('delete'),
            href: `/routes/delete?instance=${instanceId}&route=${id}`,
            danger: true,
            reason: locked,
          },
        ]}
        state={
          view.length > 0 ? undefined : state === 'running' ? (
            <SkeletonRows rows={6} label={t('nothing-yet')} />
          ) : (
            <ListState
              icon={narrowed ? SearchX : state === 'done' && whole ? CircleCheck : CircleHelp}
              title={t(
                narrowed ? 'nothing-for' : state === 'done' ? (whole ? 'nothing' : 'nothing-seen') : 'nothing-yet',
              )}
              actions={narrowed ? <Button onClick={clear}>{t('clear')}</Button> : null}
            >
              {narrowed || state === 'done' ? null : t('nothing-yet-help')}
            </ListState>
          )
        }
      />
      {bulk.dialog}
    </>
  );
}

function rank({ findings }: Unhealthy): number {
  return Math.min(...findings.map(({ reason }) => REASONS.indexOf(reason)));
}

/** The instances and agents of the unhealthy routes, by name. */
function useFilters(unhealthy: ReadonlyMap<string, Unhealthy>): ListFilter[] {
  const tList = useTranslations('routes-list');
  return useMemo(() => {
    const rows = [...unhealthy.values()].map(({ row }) => row);
    const named = (all: readonly (readonly [string | null, string | null])[]) =>
      [...new Map(all)].flatMap(([id, name]) => (id ? [{ id, name: name ?? id.slice(0, 8) }] : [])).toSorted(byName);
    return [
      { id: 'instance', label: tList('instance'), choices: named(rows.map((row) => [row.instanceId, row.instance])) },
      { id: 'agent', label: tList('agent'), choices: named(rows.map((row) => [row.agentId, row.agent])) },
    ];
  }, [unhealthy, tList]);
}

const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
