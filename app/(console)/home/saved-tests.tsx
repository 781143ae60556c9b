import type { Route } from 'next';
import type { CheckResult } from '#components/home/check.ts';
import { FailedTests } from '#components/routes/tests/failed-tests.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { judgeSavedTests } from '#lib/routes/tests/run-saved-tests.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { failedBy, inStore, notAllowed } from './outcome.ts';
import { notAllowedIn, type RoutesRead } from './routes.tsx';

const MOST = 5;

/** Runs the saved tests on the routes that `readOnce` reads: that costs no call more. */
export function checkSavedTests({ session }: Signed, routes: RoutesRead): Promise<CheckResult> {
  if ('lacks' in routes) return notAllowed(routes.lacks);
  return inStore(async (db) => {
    const [savedTests, t] = await Promise.all([listSavedTests(db, session.server.id), translations('home')]);
    if (savedTests.length === 0) return { is: 'well', says: t('tests.none') };
    const read = await routes.read;
    if (!read.ok) return failedBy(read.error);
    const { seen, agents, providers, unread } = read.value;
    const routesByInstance = [
      ...seen.answered.map((instance) => ({
        instance: instance as Instance,
        routes: seen.routes.filter(({ instanceId }) => instanceId === instance.id),
      })),
      ...[...seen.failed.map(({ instance }) => instance), ...seen.late].map((instance) => ({
        instance: instance as Instance,
        routes: null,
      })),
    ];
    const all = judgeSavedTests(savedTests, routesByInstance, agents, providers);
    const failing = all.filter(({ state }) => state === 'other' || state === 'silent');
    const unreadable = all.filter(({ state }) => state === 'unknown').length;
    const unsure = [
      ...(unreadable > 0 ? [t('tests.unreadable', { count: unreadable })] : []),
      ...unread.map((what) => t(`tests.unread.${what}`)),
    ].join(' ');
    if (failing.length > 0) {
      return {
        is: 'found',
        urgency: 'danger',
        body: <FailedTests savedTests={failing.slice(0, MOST)} />,
        more: { href: '/routes/tests' as Route, label: t('tests.all') },
        ...(unsure ? { unsure } : {}),
      };
    }
    if (unsure) return { is: 'unknown', says: unsure };
    const hidden = savedTests.length - all.length;
    const limits = [
      ...(hidden > 0 ? [t('tests.hidden', { count: hidden })] : []),
      ...(await notAllowedIn(read.value).then((sentence) => (sentence ? [sentence] : []))),
    ];
    const says = [t('tests.well', { count: all.length }), ...limits].join(' ');
    return { is: 'well', says, limited: limits.length > 0 };
  });
}
