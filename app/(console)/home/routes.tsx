import type { Route } from 'next';
import type { CheckResult } from '#components/home/check.ts';
import { ReasonRows } from '#components/routes/health/reason-rows.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Result } from '#lib/omni/result.ts';
import { countReasons, gravityOf } from '#lib/routes/health/health.ts';
import { firstLook, type FirstLook } from '#lib/routes/health/health-read.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { failedBy, lacking, notAllowed } from './outcome.ts';

const DEADLINE_MS = 3000;

/** The routes as the check-up and the probes look at them: read once for both, and not at all where the key may not. */
export type RoutesRead = { lacks: string } | { look: Promise<Result<FirstLook, OmniError>> };

export function readOnce({ omni, session }: Signed): RoutesRead {
  const lacks = lacking(session.scopes, 'routes:read', 'instances:read');
  return lacks === undefined ? { look: firstLook(omni, session, { deadlineMs: DEADLINE_MS }) } : { lacks };
}

export async function checkRouteHealth(routes: RoutesRead): Promise<CheckResult> {
  if ('lacks' in routes) return notAllowed(routes.lacks);
  const [look, t] = await Promise.all([routes.look, translations('home')]);
  if (!look.ok) return failedBy(look.error);
  const counts = countReasons(look.value.findings);
  const [unsure, limits] = await Promise.all([notRead(look.value), notAllowedIn(look.value)]);
  if (counts[0]) {
    return {
      is: 'found',
      urgency: gravityOf(counts[0].reason),
      body: <ReasonRows counts={counts} />,
      more: { href: '/routes/hygiene' as Route, label: t('routes.all') },
      ...(unsure || limits ? { unsure: `${unsure} ${limits}`.trim() } : {}),
    };
  }
  const { seen } = look.value;
  const [first] = seen.failed;
  if (first && seen.answered.length === 0) return failedBy(first.error);
  if (unsure) return { is: 'unknown', says: unsure };
  const says = `${t('routes.well', { count: seen.routes.length })} ${limits}`.trim();
  return { is: 'well', says, limited: limits !== '' };
}

/** What the key may not read of what stands behind routes, in a sentence, or nothing. */
export async function notAllowedIn({ unseen }: FirstLook): Promise<string> {
  const scopes = unseen.filter((scope) => scope === 'agents:read' || scope === 'providers:read');
  return scopes.length > 0 ? (await translations('home'))('routes.limited', { scopes: scopes.join(', ') }) : '';
}

/** What of the routes nobody has seen, in a sentence, or nothing. */
async function notRead({ seen, unread }: FirstLook): Promise<string> {
  const t = await translations('home');
  const names = seen.failed.map(({ instance }) => instance.name);
  return [
    ...(names.length > 0 ? [t('routes.failed', { names: names.join(', ') })] : []),
    ...(seen.late.length > 0 ? [t('routes.late', { count: seen.late.length })] : []),
    ...unread.map((what) => t(`routes.unread.${what}`)),
  ].join(' ');
}
