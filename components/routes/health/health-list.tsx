'use client';

import { CircleAlert, CircleCheck, CircleHelp, Info, SearchX, TriangleAlert } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { countReasons, gravityOf, REASONS, type HealthReason } from '#lib/routes/health/health.ts';
import type { Unhealthy, UnreadParts } from '#lib/routes/health/health-line.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import { TargetCell } from '#components/routes/list/route-cells.tsx';
import { useHealth } from './use-health.ts';
import { useRouteNames, type MayName } from '#components/routes/list/use-route-names.ts';

const STEP = 100;

type Props = {
  start: Unhealthy[];
  unread: string[];
  without: UnreadParts;
  /** The key may not read a part of what is checked. */
  limited: boolean;
  names: RouteName[];
  mayName: MayName;
  reason: HealthReason | null;
  locked: boolean;
};

/** Routes with something wrong, each with its reasons; gravest first. */
export function HealthList({ start, names: first, mayName, reason: chosen, locked, limited, ...atFirst }: Props) {
  const t = useTranslations('routes-health');
  const tUi = useTranslations('ui');
  const health = useHealth(start, atFirst.unread, atFirst.without);
  const { unhealthy, unread, without, checked, total, failed, state, again, stop } = health;
  const whole = !limited && unread.length === 0 && without.length === 0 && failed === 0;
  const { names, want } = useRouteNames(first, mayName);
  const [reason, setReason] = useState(chosen);
  const [limit, setLimit] = useState(STEP);
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
  const shown = useMemo(() => view.slice(0, limit), [view, limit]);
  useEffect(() => want(shown.map(({ row }) => row)), [shown, want]);
  const choose = (next: HealthReason | null) => {
    setReason(next);
    setLimit(STEP);
    history.replaceState(null, '', next ? `?reason=${next}` : location.pathname);
  };
  return (
    <div className="rounded border bg-surface">
      <div className="flex flex-wrap items-center gap-3 border-b px-4 py-2">
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
          <Button size="sm" onClick={() => void again()}>
            {t('again')}
          </Button>
        )}
      </div>
      {unread.length > 0 ? (
        <Notice tone="warn" role="alert" className="m-3">
          {t('failed-instances', { names: unread.join(', ') })}
        </Notice>
      ) : null}
      {without.length > 0 ? (
        <Notice tone="warn" role="alert" className="m-3">
          {without.map((what) => t(`without.${what}`)).join(' ')}
        </Notice>
      ) : null}
      {state === 'failed' ? (
        <Notice
          tone="danger"
          role="alert"
          className="m-3"
          title={t('states.failed', { checked, total })}
          actions={
            <Button size="sm" onClick={() => void again()}>
              {tUi('retry')}
            </Button>
          }
        >
          {t('failed')}
        </Notice>
      ) : null}
      {counts.size > 0 ? (
        <div role="group" aria-label={t('by-reason')} className="flex flex-wrap gap-2 border-b px-4 py-2">
          <Chip on={reason === null} choose={() => choose(null)}>
            {t('all', { count: unhealthy.size })}
          </Chip>
          {REASONS.filter((each) => counts.has(each) || each === reason).map((each) => (
            <Chip key={each} on={reason === each} choose={() => choose(each)}>
              {t(`reasons.${each}.short`)} {counts.get(each) ?? 0}
            </Chip>
          ))}
        </div>
      ) : null}
      {view.length === 0 && state === 'running' ? (
        <SkeletonRows rows={6} label={t('nothing-yet')} />
      ) : view.length === 0 ? (
        <ListState
          icon={reason ? SearchX : state === 'done' && whole ? CircleCheck : CircleHelp}
          title={t(reason ? 'nothing-for' : state === 'done' ? (whole ? 'nothing' : 'nothing-seen') : 'nothing-yet')}
          actions={reason ? <Button onClick={() => choose(null)}>{t('clear')}</Button> : null}
        >
          {reason ? t('nothing-for-help') : state !== 'done' ? t('nothing-yet-help') : whole ? t('nothing-help') : null}
        </ListState>
      ) : (
        <ul aria-label={t('title')} className="long-list divide-y">
          {shown.map((one) => (
            <UnhealthyRoute
              key={one.row.id}
              one={one}
              name={names.get(one.row.targetId)}
              mayName={mayName[one.row.scope]}
              locked={locked}
            />
          ))}
        </ul>
      )}
      {view.length > limit ? (
        <p className="border-t p-2 text-center">
          <Button size="sm" variant="ghost" onClick={() => setLimit(limit + STEP)}>
            {t('more', { count: view.length - limit })}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function rank({ findings }: Unhealthy): number {
  return Math.min(...findings.map(({ reason }) => REASONS.indexOf(reason)));
}

function Chip({ on, choose, children }: { on: boolean; choose: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={choose}
      className="min-h-8 rounded-full border border-edge/50 px-3 text-sm text-muted hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-text"
    >
      {children}
    </button>
  );
}

type UnhealthyProps = { one: Unhealthy; name: RouteName | undefined; mayName: boolean; locked: boolean };

function UnhealthyRoute({ one: { row, findings }, name, mayName, locked }: UnhealthyProps) {
  const t = useTranslations('routes-health');
  return (
    <li className="grid gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_auto]">
      <div className="min-w-0">
        <TargetCell row={row} name={name} mayName={mayName} />
        <p className="truncate pl-6 text-sm text-muted">{row.instance}</p>
      </div>
      <ul className="min-w-0 space-y-1">
        {findings.map(({ reason, values }) => {
          const tone = gravityOf(reason);
          const Icon = { danger: CircleAlert, warn: TriangleAlert, info: Info }[tone];
          return (
            <li key={reason} className="flex flex-wrap items-start gap-x-2">
              <Badge tone={tone} icon={<Icon aria-hidden />}>
                {t(`reasons.${reason}.short`)}
              </Badge>
              <span className="min-w-0 basis-60 grow">{anyKey(t)(`reasons.${reason}.why`, values)}</span>
            </li>
          );
        })}
      </ul>
      <div className="flex items-start gap-1">
        <Link
          prefetch={false}
          href={`/routes/${row.instanceId}/${row.id}` as Route}
          className={buttonClass({ size: 'sm' })}
        >
          {t('open')}
        </Link>
        {locked ? null : (
          <Link
            prefetch={false}
            href={`/routes/delete?instance=${row.instanceId}&route=${row.id}` as Route}
            className={buttonClass({ size: 'sm', variant: 'ghost' })}
          >
            {t('delete')}
          </Link>
        )}
      </div>
    </li>
  );
}
