'use client';

import { CircleCheck, CircleHelp, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { DataList } from '#components/data-table/data-list.tsx';
import { useRouteLabel } from '#components/routes/list/route-cells.tsx';
import { useRouteLines } from '#components/routes/list/use-route-lines.ts';
import { useRouteNames, type MayName } from '#components/routes/list/use-route-names.ts';
import { Button } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { countReasons, REASONS, type HealthReason } from '#lib/routes/health/health.ts';
import type { Unhealthy, UnreadParts } from '#lib/routes/health/health-line.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import { HEALTH_COLUMNS, type HealthRow } from './health-columns.tsx';
import { useHealth } from './use-health.ts';
import type { Locked } from '#components/ui/state/locked.ts';

/** Names are asked for so many rows at first, then as rows come into sight. */
const NAMED = 100;

type Props = {
  start: Unhealthy[];
  unread: string[];
  without: UnreadParts;
  /** The key may not read a part of what is checked. */
  limited: boolean;
  names: RouteName[];
  mayName: MayName;
  reason: HealthReason | null;
  /** Why no route can be deleted with this key. */
  locked: Locked | undefined;
};

/** Routes with something wrong, each with its reasons; gravest first. */
export function HealthList({ start, names: first, mayName, reason: chosen, locked, limited, ...atFirst }: Props) {
  const t = useTranslations('routes-health');
  const tList = useTranslations('routes-list');
  const tUi = useTranslations('ui');
  const health = useHealth(start, atFirst.unread, atFirst.without);
  const { unhealthy, unread, without, checked, total, failed, state, again, stop } = health;
  const whole = !limited && unread.length === 0 && without.length === 0 && failed === 0;
  const { names, want } = useRouteNames(first, mayName);
  const [reason, setReason] = useState(chosen);
  const counts = useMemo(() => {
    const all = countReasons([...unhealthy.values()].flatMap(({ findings }) => findings));
    return new Map(all.map((one) => [one.reason, one.count]));
  }, [unhealthy]);
  const view = useMemo(
    () =>
      [...unhealthy.values()]
        .filter(({ findings }) => !reason || findings.some((one) => one.reason === reason))
        .toSorted((a, b) => rank(a) - rank(b)),
    [unhealthy, reason],
  );
  const [seen, see] = useState<ReadonlySet<string>>(new Set());
  const routes = useMemo(() => view.map(({ row }) => row), [view]);
  useEffect(
    () => want([...routes.slice(0, NAMED), ...routes.slice(NAMED).filter(({ id }) => seen.has(id))]),
    [routes, want, seen],
  );
  const named = useRouteLines(routes, names, mayName, locked);
  const lines = useMemo(
    () => named.map((line, at): HealthRow => ({ ...line, findings: view[at]?.findings ?? [] })),
    [named, view],
  );
  const head = useCallback(
    (id: string) => (id === 'reason' ? t('reason') : tList(id === 'target' ? 'columns.target' : 'instance')),
    [t, tList],
  );
  const labelOf = useRouteLabel();
  const choose = (next: HealthReason | null) => {
    setReason(next);
    history.replaceState(null, '', next ? `?reason=${next}` : location.pathname);
  };
  return (
    <>
      <div className="flex min-h-9 flex-wrap items-center gap-3 pb-1">
        <p role="status" className="grow text-sm text-muted">
          {t(`states.${state === 'done' && !whole ? 'done-partly' : state}`, { checked, total })}
          {failed > 0 ? ` ${t('not-checked', { count: failed })}` : ''}
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
          filters: [
            {
              id: 'reason',
              label: t('reason'),
              choices: REASONS.filter((each) => counts.has(each) || each === reason).map((each) => ({
                id: each,
                name: `${t(`reasons.${each}.short`)} ${counts.get(each) ?? 0}`,
              })),
            },
          ],
          values: { reason: reason ?? undefined },
          change: (patch) => choose((patch.reason ?? null) as HealthReason | null),
          count: { shown: view.length, total: unhealthy.size },
          looking: state === 'running',
        }}
        actions={({ instanceId, id }) => [
          { id: 'open', label: t('open'), href: `/routes/${instanceId}/${id}` },
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
              icon={reason ? SearchX : state === 'done' && whole ? CircleCheck : CircleHelp}
              title={t(
                reason ? 'nothing-for' : state === 'done' ? (whole ? 'nothing' : 'nothing-seen') : 'nothing-yet',
              )}
              actions={reason ? <Button onClick={() => choose(null)}>{t('clear')}</Button> : null}
            >
              {reason
                ? t('nothing-for-help')
                : state !== 'done'
                  ? t('nothing-yet-help')
                  : whole
                    ? t('nothing-help')
                    : null}
            </ListState>
          )
        }
      />
    </>
  );
}

function rank({ findings }: Unhealthy): number {
  return Math.min(...findings.map(({ reason }) => REASONS.indexOf(reason)));
}
