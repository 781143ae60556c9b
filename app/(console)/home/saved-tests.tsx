import type { Route } from 'next';
import type { CheckResult } from '#components/home/check.ts';
import { RedProbes } from '#components/routes/tests/failed-tests.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { listProbes } from '#lib/routes/tests/saved-tests.ts';
import { judgeProbes } from '#lib/routes/tests/run-saved-tests.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { failedBy, inStore, notAllowed } from './outcome.ts';
import { notAllowedIn, type RoutesRead } from './routes.tsx';

const MOST = 5;

/** Probes are asked anew each time, on the routes that were just read: that costs no call more. */
export function checkSavedTests({ session }: Signed, routes: RoutesRead): Promise<CheckResult> {
  if ('lacks' in routes) return notAllowed(routes.lacks);
  return inStore(async (db) => {
    const [probes, t] = await Promise.all([listProbes(db, session.server.id), translations('home')]);
    if (probes.length === 0) return { is: 'well', says: t('tests.none') };
    const look = await routes.look;
    if (!look.ok) return failedBy(look.error);
    const { seen, agents, providers, unread } = look.value;
    const places = [
      ...seen.answered.map((instance) => ({
        instance: instance as Instance,
        routes: seen.routes.filter(({ instanceId }) => instanceId === instance.id),
      })),
      ...[...seen.failed.map(({ instance }) => instance), ...seen.late].map((instance) => ({
        instance: instance as Instance,
        routes: null,
      })),
    ];
    const all = judgeProbes(probes, places, agents, providers);
    const red = all.filter(({ state }) => state === 'other' || state === 'silent');
    const dark = all.filter(({ state }) => state === 'unknown').length;
    const unsure = [
      ...(dark > 0 ? [t('tests.unreadable', { count: dark })] : []),
      ...unread.map((what) => t(`tests.unread.${what}`)),
    ].join(' ');
    if (red.length > 0) {
      return {
        is: 'found',
        urgency: 'danger',
        body: <RedProbes probes={red.slice(0, MOST)} />,
        more: { href: '/routes/probes' as Route, label: t('tests.all') },
        ...(unsure ? { unsure } : {}),
      };
    }
    if (unsure) return { is: 'unknown', says: unsure };
    const hidden = probes.length - all.length;
    const limits = [
      ...(hidden > 0 ? [t('tests.hidden', { count: hidden })] : []),
      ...(await notAllowedIn(look.value).then((sentence) => (sentence ? [sentence] : []))),
    ];
    const says = [t('tests.well', { count: all.length }), ...limits].join(' ');
    return { is: 'well', says, limited: limits.length > 0 };
  });
}
