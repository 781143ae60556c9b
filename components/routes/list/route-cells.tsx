'use client';

import { Bot, MessageSquare, UserRound } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';

/** How a chat or person is called where there is one line for it. `null`: its name is still on its way. */
export function useTargetName() {
  const t = useTranslations('routes-list');
  return (row: RouteRow, name: RouteName | undefined, mayName: boolean): string | null => {
    if (name?.state === 'known')
      return name.name ?? name.handle ?? t(row.scope === 'chat' ? 'chat-nameless' : 'person-nameless');
    if (name?.state === 'gone') return t(row.scope === 'chat' ? 'chat-gone' : 'person-gone');
    if (name?.state === 'failed' || !mayName) return row.targetId.slice(0, 8);
    return null;
  };
}

type TargetProps = { row: RouteRow; name: RouteName | undefined; mayName: boolean };

/** Whom the route is for, and its label; opens the route. */
export function TargetCell({ row, name, mayName }: TargetProps) {
  const t = useTranslations('routes-list');
  const called = useTargetName()(row, name, mayName);
  const Icon = row.scope === 'chat' ? MessageSquare : UserRound;
  return (
    <div className="flex min-w-0 gap-2">
      <span className="mt-0.5 shrink-0 text-muted" title={t(`scopes.${row.scope}`)}>
        <Icon aria-hidden className="size-4" />
        <span className="sr-only">{t(`scopes.${row.scope}`)}</span>
      </span>
      <div className="min-w-0">
        <Link
          prefetch={false}
          href={`/routes/${row.instanceId}/${row.id}` as Route}
          className="-my-[2px] block truncate py-[2px] font-medium hover:underline"
          title={row.targetId}
        >
          {called ?? (
            <span role="img" aria-label={t('name-coming')} className="skeleton inline-block h-3 w-32 align-middle" />
          )}
        </Link>
        <p className="truncate text-sm text-muted">{row.label ?? t('no-label')}</p>
      </div>
    </div>
  );
}

const TONES = {
  inactive: 'warn',
  missing: 'danger',
  'not-seen': 'unknown',
  default: 'plain',
  older: 'unknown',
} as const;

/** Which agent answers, and what is wrong with it. */
export function AgentCell({ row }: { row: RouteRow }) {
  const t = useTranslations('routes-list');
  const { agent, agentId, agentState } = row;
  return (
    <div className="flex min-w-0 items-center gap-2">
      <Bot aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-0">
        <p className="truncate" title={agentId ?? undefined}>
          {agent ?? (agentId ? <span className="font-mono text-xs">{agentId.slice(0, 8)}</span> : t('nobody'))}
        </p>
        {agentState === 'active' ? null : <Badge tone={TONES[agentState]}>{t(`agent-states.${agentState}`)}</Badge>}
      </div>
    </div>
  );
}
