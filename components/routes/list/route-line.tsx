'use client';

import { FlaskConical, Trash2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { memo } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import { LongCell, LongRow } from '#components/data-table/long-table.tsx';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import { AgentCell, TargetCell, useTargetName } from './route-cells.tsx';
import { RouteSwitch } from './route-switch.tsx';

export const ROUTES_WIDTHS = {
  select: 'sm:w-6 sm:flex-none',
  label: 'sm:flex-[2]',
  agent: 'sm:flex-[1.3]',
  instance: 'sm:flex-1',
  own: 'w-30 flex-none max-xl:hidden',
  updated: 'w-32 flex-none max-lg:hidden',
  active: 'sm:w-28 sm:flex-none',
};

type Props = {
  row: RouteRow;
  name: RouteName | undefined;
  mayName: boolean;
  index: number;
  chosen: boolean;
  toggle: (id: string, range: boolean) => void;
  hidden: readonly Hideable<'routes'>[];
  locked: string | undefined;
};

/** One route of the list. Rendered again only when something of its own changes: there may be thousands. */
export const RouteLine = memo(function RouteLine({ row, name, mayName, index, chosen, toggle, hidden, locked }: Props) {
  const t = useTranslations('routes-list');
  const format = useFormatter();
  const now = useNow();
  const called = useTargetName()(row, name, mayName) ?? row.targetId.slice(0, 8);
  const label = row.label ? `${called}, ${row.label}` : called;
  const target = row.scope === 'chat' ? `chat=${row.targetId}` : `person=${row.targetId}`;
  return (
    <LongRow index={index} selected={chosen}>
      <LongCell className={`max-sm:row-span-4 max-sm:self-start ${ROUTES_WIDTHS.select}`}>
        <label className="relative z-10 grid size-target cursor-pointer place-items-center">
          <input
            type="checkbox"
            data-route={row.id}
            checked={chosen}
            onChange={(event) => toggle(row.id, (event.nativeEvent as MouseEvent).shiftKey)}
            aria-label={t('choose', { name: label })}
            className="size-4 accent-(--accent)"
          />
        </label>
      </LongCell>
      <LongCell className={ROUTES_WIDTHS.label}>
        <TargetCell row={row} name={name} mayName={mayName} />
      </LongCell>
      {hidden.includes('agent') ? null : (
        <LongCell className={`max-sm:col-start-2 ${ROUTES_WIDTHS.agent}`}>
          <AgentCell row={row} />
        </LongCell>
      )}
      {hidden.includes('instance') ? null : (
        <LongCell
          className={`truncate text-sm max-sm:col-start-2 max-sm:pl-6 max-sm:text-muted ${ROUTES_WIDTHS.instance}`}
        >
          {row.instance}
        </LongCell>
      )}
      {hidden.includes('own') ? null : (
        <LongCell className={`text-sm text-muted ${ROUTES_WIDTHS.own}`}>{t('own', { count: row.own })}</LongCell>
      )}
      {hidden.includes('updated') ? null : (
        <LongCell className={`text-sm text-muted ${ROUTES_WIDTHS.updated}`}>
          <time
            dateTime={row.updatedAt}
            title={format.dateTime(new Date(row.updatedAt), { dateStyle: 'medium', timeStyle: 'short' })}
          >
            {format.relativeTime(new Date(row.updatedAt), now)}
          </time>
        </LongCell>
      )}
      <LongCell
        className={`flex items-center justify-end gap-1 max-sm:col-start-3 max-sm:row-span-3 max-sm:row-start-1 max-sm:flex-col-reverse ${ROUTES_WIDTHS.active}`}
      >
        <Link
          prefetch={false}
          href={`/routes/test?instance=${row.instanceId}&${target}` as Route}
          aria-label={t('test-one', { name: label })}
          title={t('test-one', { name: label })}
          className="grid size-8 place-items-center rounded text-muted hover:bg-hover hover:text-text max-sm:size-target"
        >
          <FlaskConical aria-hidden className="size-4" />
        </Link>
        {locked ? null : (
          <Link
            prefetch={false}
            href={`/routes/delete?instance=${row.instanceId}&route=${row.id}` as Route}
            aria-label={t('delete-one', { name: label })}
            title={t('delete-one', { name: label })}
            className="grid size-8 place-items-center rounded text-muted hover:bg-hover hover:text-danger max-sm:size-target"
          >
            <Trash2 aria-hidden className="size-4" />
          </Link>
        )}
        <RouteSwitch instanceId={row.instanceId} id={row.id} label={label} active={row.active} locked={locked} />
      </LongCell>
    </LongRow>
  );
});
