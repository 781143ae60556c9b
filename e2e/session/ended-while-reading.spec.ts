import type { Page, Route } from '@playwright/test';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { palette } from '../pom/palette.ts';
import { ownSession, sessionDialog } from '../pom/session/session.ts';
import { signInPage } from '../pom/session/sign-in.ts';
import { personsPage } from '../pom/persons.ts';

const HOUR = 3_600_000;
const KEY = '99999990-0000-4000-8000-000000000012';

/** Pages that read something more from the console, and what makes them. */
const READS: Record<string, { at: string; lookup: string; does?: (page: Page) => Promise<void> }> = {
  'people, channels and last seen': { at: '/persons', lookup: 'presence' },
  'people, search': { at: '/persons', lookup: 'persons', does: (page) => personsPage.search(page).fill('Silva') },
  'routes, search': {
    at: '/routes',
    lookup: 'route-targets',
    does: (page) => page.getByRole('searchbox', { name: 'Search routes' }).fill('Silva'),
  },
  'route health': { at: '/routes/health', lookup: 'route-health' },
  status: { at: '/status', lookup: 'route-metrics' },
  palette: {
    at: `/keys/${KEY}`,
    lookup: 'persons',
    does: async (page) => {
      await palette.open(page);
      await page.keyboard.type('silva');
    },
  },
};

for (const [name, { at, lookup, does }] of Object.entries(READS)) {
  test(`${name}: a session that ended meanwhile is told on the page, which is not left`, async ({
    page,
    web,
    sandbox,
  }) => {
    const { ageSession } = await import('../fixtures/forge.ts');
    const ends = async (route: Route) => {
      await ageSession(web, (await ownSession(page)).sid, { seen: 3 * HOUR });
      await route.continue();
    };
    await page.route(`**/api/lookup/${lookup}*`, ends, { times: 1 });
    await openAlive(page, at);
    await does?.(page);
    await expect(sessionDialog.ended(page)).toBeVisible({ timeout: 15_000 }); // status reads each five seconds
    await sessionDialog.key(page).fill(sandbox.keys.admin);
    await sessionDialog.stay(page).click();
    await expect(sessionDialog.ended(page)).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`${at}(\\?.*)?$`));
  });

  test(`${name}: without a session it leads to the sign-in, and back`, async ({ page, context, sandbox }) => {
    const leaves = async (route: Route) => {
      await context.clearCookies();
      // The request has its cookie from before: it is asked again without.
      const { cookie: _cookie, ...headers } = route.request().headers();
      await route.fulfill({ response: await route.fetch({ headers: { ...headers, cookie: '' } }) });
    };
    await page.route(`**/api/lookup/${lookup}*`, leaves, { times: 1 });
    await openAlive(page, at);
    await does?.(page);
    await expect(signInPage.heading(page)).toBeVisible({ timeout: 15_000 });
    await signInPage.signIn(page, sandbox.keys.admin, 'Demo');
    await expect(page).toHaveURL(new RegExp(`${at}(\\?.*)?$`));
  });
}
