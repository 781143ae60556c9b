import type { Page } from '@playwright/test';
import { createControl } from '../../sandbox/control-client.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import type { RunningConsole } from '../../scripts/console.ts';
import { expect, openAlive, test } from '../fixtures.ts';
import { personsPage } from '../pom/persons.ts';
import { routesPage } from '../pom/routes.ts';
import { sessionDialog } from '../pom/session.ts';
import { signInPage } from '../pom/sign-in.ts';

test.use({ as: 'nobody' });

const ROUTE = 'Helena Prado';

/** The same world on another server: the same ids mean other people's routes. */
let clone: Sandbox;
test.beforeAll(async () => {
  clone = await startSandbox({ port: 0, persons: 500, seed: 1 });
});
test.afterAll(() => clone.stop());
test.beforeEach(async ({ watched, omni }) => {
  watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/);
  // Tests before this one wrote to the same sandbox.
  await omni.clearCalls();
});

const offered = (sandbox: Sandbox) => ({
  servers: `Testes=${sandbox.url},Produção=${clone.url}`,
  env: { OMNI_PRODUCTION: 'Produção' },
});

async function signIn(page: Page, web: RunningConsole, key: string, server: string) {
  await openAlive(page, `${web.origin}/login`);
  await signInPage.signIn(page, key, server);
  await expect(personsPage.heading(page)).toBeVisible();
}

const writes = async (sandbox: Sandbox) =>
  (await createControl(sandbox.url).calls()).items.filter(
    ({ method, path }) => method !== 'GET' && !path.endsWith('/validate'),
  );

/** A window that hears of nothing: no word from other tabs, and nobody looks at it anew. */
const deaf = (page: Page) =>
  page.addInitScript(() => {
    Object.assign(globalThis, {
      BroadcastChannel: class extends EventTarget {
        postMessage() {}
        close() {}
      },
    });
    for (const name of ['focus', 'visibilitychange'])
      window.addEventListener(name, (event) => event.stopImmediatePropagation(), { capture: true });
  });

test('who signs in elsewhere stops the other window, without a look at it', async ({
  beside,
  page,
  context,
  sandbox,
}) => {
  await beside(offered(sandbox), async (web) => {
    await signIn(page, web, sandbox.keys.admin, 'Testes');
    const other = await context.newPage();
    await openAlive(other, `${web.origin}/login?server=producao`);
    await signInPage.signIn(other, clone.keys.admin, 'Produção');
    await expect(personsPage.heading(other)).toBeVisible();
    await expect(sessionDialog.moved(page)).toContainText('@ Produção');
    await expect(personsPage.heading(page)).toBeHidden();
    await Promise.all([page.goto('about:blank'), other.goto('about:blank')]);
  });
});

test('a click in a window that heard of nothing changes no server, and its links show no other server’s data', async ({
  beside,
  page,
  context,
  sandbox,
}) => {
  await deaf(page);
  await beside(offered(sandbox), async (web) => {
    await signIn(page, web, sandbox.keys.admin, 'Testes');
    await openAlive(page, `${web.origin}/routes`);
    await expect(routesPage.row(page, ROUTE)).toBeVisible();
    const other = await context.newPage();
    await openAlive(other, `${web.origin}/login?server=producao`);
    await signInPage.signIn(other, clone.keys.admin, 'Produção');
    await expect(personsPage.heading(other)).toBeVisible();
    await routesPage.row(page, ROUTE).getByRole('switch').click();
    await expect(page.getByText('This page belongs to another session').first()).toBeVisible();
    expect([await writes(clone), await writes(sandbox)]).toEqual([[], []]);

    // The page would keep its shell: a link loads all of it anew instead.
    await expect(page.getByText('Production', { exact: true })).toHaveCount(0);
    await page.getByRole('link', { name: 'People', exact: true }).first().click();
    await expect(personsPage.heading(page)).toBeVisible();
    await expect(page.getByText('Production', { exact: true })).toBeVisible();
    await Promise.all([page.goto('about:blank'), other.goto('about:blank')]);
  });
});
