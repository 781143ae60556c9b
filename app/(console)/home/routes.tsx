import type { Route } from 'next';
import type { CheckResult } from '#components/home/check.ts';
import { ReasonRows } from '#components/routes/health/reason-rows.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Result } from '#lib/omni/result.ts';
import { countReasons, gravityOf } from '#lib/routes/health/health.ts';
import { readHealth, type HealthRead } from '#lib/routes/health/health-read.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { failedBy, lacking, notAllowed } from './outcome.ts';

const DEADLINE_MS = 3000;

/** The routes, read once for their health and for the saved tests; not at all where the key may not read them. */
export type RoutesRead = { lacks: string } | { read: Promise<Result<HealthRead, OmniError>> };

export function readOnce({ omni, session }: Signed): RoutesRead {
  const lacks = lacking(session.scopes, 'routes:read', 'instances:read');
  return lacks === undefined ? { read: readHealth(omni, session, { deadlineMs: DEADLINE_MS }) } : { lacks };
}

export async function checkRouteHealth(routes: RoutesRead): Promise<CheckResult> {
  if ('lacks' in routes) return notAllowed(routes.lacks);
  const [read, t] = await Promise.all([routes.read, translations('home')]);
  if (!read.ok) return failedBy(read.error);
  // Of instances that can't be listed no route is checked, so that nothing is found and nothing well.
  if (!read.value.named) return notAllowed('instances:read');
  const counts = countReasons(read.value.findings);
  const [unsure, limits] = await Promise.all([notRead(read.value), notAllowedIn(read.value)]);
  if (counts[0]) {
    return {
      is: 'found',
      urgency: gravityOf(counts[0].reason),
      body: <ReasonRows counts={counts} />,
      more: { href: '/routes/health' as Route, label: t('routes.all') },
      ...(unsure || limits ? { unsure: `${unsure} ${limits}`.trim() } : {}),
    };
  }
  const { seen } = read.value;
  const [first] = seen.failed;
  if (first && seen.answered.length === 0) return failedBy(first.error);
  if (unsure) return { is: 'unknown', says: unsure };
  const says = `${t('routes.well', { count: seen.routes.length })} ${limits}`.trim();
  return { is: 'well', says, limited: limits !== '' };
}

/** A sentence with the scopes that are missing to read what stands behind the routes, or nothing. */
async function notAllowedIn({ needs }: HealthRead): Promise<string> {
  const scopes = needs.filter((scope) => scope === 'agents:read' || scope === 'providers:read');
  return scopes.length > 0 ? (await translations('home'))('routes.limited', { scopes: scopes.join(', ') }) : '';
}

/** A sentence with what of the routes could not be read, or nothing. */
async function notRead({ seen, unread }: HealthRead): Promise<string> {
  const t = await translations('home');
  const names = seen.failed.map(({ instance }) => instance.name);
  return [
    ...(names.length > 0 ? [t('routes.failed', { names: names.join(', ') })] : []),
    ...(seen.late.length > 0 ? [t('routes.late', { count: seen.late.length })] : []),
    ...unread.map((what) => t(`routes.unread.${what}`)),
  ].join(' ');
}
