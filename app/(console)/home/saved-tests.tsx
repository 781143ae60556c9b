import type { Route } from 'next';
import type { CheckResult } from '#components/home/check.ts';
import { FailedTests } from '#components/routes/tests/failed-tests.tsx';
import { verdictText } from '#components/ui/verdict/server-verdict-text.ts';
import { LATE, notSeenOf, valueOf } from '#lib/omni/seen.ts';
import { translations } from '#lib/i18n/server.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { judgeSavedTests, type RoutesOfInstance } from '#lib/routes/tests/run-saved-tests.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { failedBy, inStore, notAllowed } from './outcome.ts';
import type { RoutesRead } from './routes.tsx';

const MOST = 5;
const MOST_WHYS = 2;
const DEADLINE_MS = 3000;

/** Runs the saved tests on the routes that `readOnce` reads: that costs no call more. */
export function checkSavedTests({ omni, session }: Signed, routes: RoutesRead): Promise<CheckResult> {
  if ('lacks' in routes) return notAllowed(routes.lacks);
  return inStore(async (db) => {
    const [savedTests, t] = await Promise.all([listSavedTests(db, session.server.id), translations('home')]);
    if (savedTests.length === 0) return { is: 'well', says: t('tests.none') };
    const read = await routes.read;
    if (!read.ok) return failedBy(read.error);
    // An instance that is known by its id only has an agent and rules all the same.
    if (!read.value.named) return notAllowed('instances:read');
    const { seen } = read.value;
    const routesByInstance: RoutesOfInstance[] = [
      ...seen.answered.map((instance) => ({
        instance: instance as Instance,
        routes: valueOf(seen.routes.filter(({ instanceId }) => instanceId === instance.id)),
      })),
      ...seen.failed.map(({ instance, error }) => ({ instance: instance as Instance, routes: notSeenOf(error) })),
      ...seen.late.map((instance) => ({ instance: instance as Instance, routes: LATE })),
    ];
    const all = await judgeSavedTests(omni, session, savedTests, routesByInstance, { deadlineMs: DEADLINE_MS });
    const failing = all.filter(({ state }) => state === 'other' || state === 'silent');
    const unknown = all.filter(({ state }) => state === 'unknown');
    const texts = await verdictText();
    const whys = [...new Set(unknown.map(({ verdict }) => texts.detail(verdict)))].slice(0, MOST_WHYS);
    const unsure = unknown.length > 0 ? t('tests.cannot-tell', { count: unknown.length, why: whys.join(', ') }) : '';
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
    const well = t('tests.well', { count: all.length });
    return {
      is: 'well',
      says: hidden > 0 ? `${well} ${t('tests.hidden', { count: hidden })}` : well,
      limited: hidden > 0,
    };
  });
}
