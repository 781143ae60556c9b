import type { Page } from '@playwright/test';
import { expect, openAlive, test } from '../fixtures.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/sign-in.ts';
import { builtPaths } from './hostile.ts';

const PERSON = 'dddddd07-0000-4000-8000-000000000007';
const KEY = '99999990-0000-4000-8000-000000000002';

/** Kinds of keys, and what each may not change. */
const KINDS = {
  admin: [],
  operator: [],
  support: ['keys'],
  viewer: ['persons', 'routes', 'keys'],
  whatsapp: [],
  narrow: ['persons', 'routes', 'keys'],
} as const satisfies Record<string, readonly string[]>;

/** Pages that only lead to a change, by what they change. */
const CHANGES: Record<string, RegExp> = {
  persons: /^\/persons\/(merge|link|unlink|move)\b/,
  routes: /^\/routes\/(new|.+\/edit)\b/,
  keys: /^\/keys\/(new|.+\/(rotate|revoke|delete|edit))\b/,
};

const paths = (routeId: string) =>
  builtPaths('page', { persons: PERSON, keys: KEY, routes: routeId }).filter(
    (path) => !/^\/(login|recover)$/.test(path),
  );

/** Links somebody could follow that lead to a change of what their key may not change. */
async function promises(page: Page, denied: readonly string[]): Promise<string[]> {
  const hrefs = await page
    .getByRole('main')
    .getByRole('link')
    .evaluateAll((links) =>
      links
        .filter((link) => link.getAttribute('aria-disabled') !== 'true')
        .map((link) => link.getAttribute('href') ?? ''),
    );
  return hrefs.filter((href) => denied.some((room) => CHANGES[room]?.test(href)));
}

for (const [kind, denied] of Object.entries(KINDS)) {
  test(`${kind}: every page answers, and none promises what the key may not do`, async ({
    page,
    context,
    web,
    omni,
    sandbox,
  }) => {
    test.setTimeout(180_000);
    const { forgeCookies } = await import('../forge.ts');
    await context.clearCookies();
    await context.addCookies(await forgeCookies(web, { key: sandbox.keys[kind] ?? '', server: 'Demo' }));
    const [route] = await omni.sql<{ id: string }>('SELECT id FROM agent_routes LIMIT 1');
    for (const path of paths(route?.id ?? '1')) {
      const answer = await page.goto(path);
      expect([200, 403, 404], `${path} as ${kind}`).toContain(answer?.status());
      await page.waitForFunction(() => document.documentElement.dataset.hydrated !== undefined);
      await expect(page.getByRole('main')).toContainText(/\S/);
      expect(await promises(page, denied), `${path} as ${kind}`).toEqual([]);
    }
  });
}

test('nobody: every page leads to sign-in and tells nothing', async ({ browser, web }) => {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  for (const path of paths('1')) {
    await openAlive(page, web.origin + path);
    await expect(signInPage.heading(page)).toBeVisible();
    expect(await page.content()).not.toContain('Silva');
  }
  for (const path of builtPaths('route').filter((one) => one.startsWith('/api/') && !one.startsWith('/api/health')))
    expect((await context.request.get(`${web.origin}${path}?q=Silva`, { maxRedirects: 0 })).status(), path).toBe(401);
  await context.close();
});

test('a key that is revoked midway: the next click says so, everywhere', async ({ page, open, omni, web }) => {
  test.setTimeout(120_000);
  await open('/persons');
  await omni.fault({ kind: 'status', status: 401, times: null });
  let first = true;
  for (const path of paths('1').filter((one) => !/^\/(account|activity)/.test(one) || !first)) {
    await openAlive(page, web.origin + path);
    if (first && !/\/login/.test(page.url())) continue;
    first = false;
    await expect(signInPage.reason(page)).toContainText('no longer accepts the key');
  }
  expect(first).toBe(false);
});

test('an instance that wants signatures is told apart from a dead key', async ({ page, open, omni }) => {
  const body = { error: { code: 'GENIE_SIGNATURE_REQUIRED', message: 'Signature required' } };
  await omni.fault({ kind: 'answer', status: 401, body, times: null });
  await open('/persons');
  await expect(shell.alert(page)).toContainText('This server wants signed requests');
  await omni.clearFaults();
  await open('/persons');
  await expect(shell.alert(page)).toHaveCount(0);
});
