'use client';

import { MessageSquare, UserRound } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

/** A route of a list, and the name of its chat or person, which may come later. `locked`: why it can't be changed. */
export type RouteLine = RouteRow & { name: RouteName | undefined; mayName: boolean; locked: Locked | undefined };

/** How a chat or person is called where there is one line for it. `null`: its name is still on its way. */
function useTargetName() {
  const t = useTranslations('routes-list');
  return ({ scope, targetId, name, mayName }: RouteLine): string | null => {
    if (name?.state === 'known')
      return name.name ?? name.handle ?? t(scope === 'chat' ? 'chat-nameless' : 'person-nameless');
    if (name?.state === 'gone') return t(scope === 'chat' ? 'chat-gone' : 'person-gone');
    if (name?.state === 'failed' || !mayName) return targetId.slice(0, 8);
    return null;
  };
}

/** A route by its chat or person, and by its label, which tells two of one name apart. */
export function useRouteLabel(): (line: RouteLine) => string {
  const nameOf = useTargetName();
  return (line) => {
    const called = nameOf(line) ?? line.targetId.slice(0, 8);
    return line.label ? `${called}, ${line.label}` : called;
  };
}

/** Whom the route is for; opens the route. */
export function TargetCell({ line }: { line: RouteLine }) {
  const t = useTranslations('routes-list');
  const called = useTargetName()(line);
  const Icon = line.scope === 'chat' ? MessageSquare : UserRound;
  return (
    <span className="list-main">
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <Link href={`/routes/${line.instanceId}/${line.id}` as Route} className="row-link">
        {called ?? (
          <span role="img" aria-label={t('name-coming')} className="skeleton inline-block h-3 w-32 align-middle" />
        )}
      </Link>
      <span className="shrink-0 text-xs text-muted not-widest:sr-only">{t(`scopes.${line.scope}`)}</span>
    </span>
  );
}

/** What the route is called. */
export function LabelCell({ label }: { label: string | null }) {
  return label === null ? NOTHING : <span>{label}</span>;
}

const NOTHING = (
  <span data-empty className="text-muted">
    –
  </span>
);

const TONES = {
  inactive: 'warn',
  missing: 'danger',
  'not-seen': 'unknown',
  default: 'plain',
} as const;

/** Which agent answers, and what is wrong with it. */
export function AgentCell({ row }: { row: RouteRow }) {
  const t = useTranslations('routes-list');
  const { agent, agentId, agentState } = row;
  return (
    <span className="list-main list-main-wraps" title={agentId ?? undefined}>
      <span className="min-w-0 truncate">
        {agent ?? (agentId ? <span className="font-mono text-xs">{agentId.slice(0, 8)}</span> : t('nobody'))}
      </span>
      {agentState === 'active' || agentState === 'older' ? null : (
        <Badge tone={TONES[agentState]}>{t(`agent-states.${agentState}`)}</Badge>
      )}
    </span>
  );
}

/** How many settings are the route's own; which, on hover and focus. */
export function OverridesCell({ own }: Pick<RouteRow, 'own'>) {
  const t = useTranslations('routes-list');
  const tFields = useTranslations('route-fields');
  if (own.length === 0) return NOTHING;
  return <span data-whole={own.map((name) => tFields(name)).join(', ')}>{t('own', { count: own.length })}</span>;
}

/** When the route was changed last. */
export function ChangedCell({ at }: { at: string }) {
  const format = useFormatter();
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'long' })}
      className="text-muted"
    >
      {format.relativeTime(new Date(at), now)}
    </time>
  );
}
