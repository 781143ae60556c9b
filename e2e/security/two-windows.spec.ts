import type { Page } from '@playwright/test';
import { createControl } from '../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../sandbox/wire/server.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { listTools } from '../pom/list-tools.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { PAGE_MARK } from '#lib/session/request/page-mark.ts';
import { homePage } from '../pom/home.ts';
import { personsPage } from '../pom/persons.ts';
import { routesPage } from '../pom/routes/routes.ts';
import { sessionDialog } from '../pom/session/session.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';
import { builtPaths } from './hostile.ts';
import { signedIn } from './signed-in.ts';

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
  await expect(homePage.heading(page)).toBeVisible();
}

const writes = async (sandbox: Sandbox) =>
  (await createControl(sandbox.url).calls()).items.filter(
    ({ method, path }) => method !== 'GET' && !path.endsWith('/validate'),
  );

/** A window that hears of nothing: no word from other tabs, and nobody focuses it again. */
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

test('two windows: who signs in elsewhere stops the other window, without a focus on it', async ({
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
    await expect(homePage.heading(other)).toBeVisible();
    await expect(sessionDialog.moved(page)).toContainText('@ Produção');
    await expect(homePage.heading(page)).toBeHidden();
    await Promise.all([page.goto('about:blank'), other.goto('about:blank')]);
  });
});

test('two windows, routes.activate: a click in a window that heard of nothing changes no server, and its links show no other server’s data', async ({
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
    await expect(homePage.heading(other)).toBeVisible();
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

test('two windows, /persons/export: a file asked for in a window that heard of nothing is not the other server’s, and the page says so', async ({
  beside,
  page,
  context,
  sandbox,
}) => {
  await deaf(page);
  await beside(offered(sandbox), async (web) => {
    await signIn(page, web, sandbox.keys.admin, 'Testes');
    await openAlive(page, `${web.origin}/persons`);
    expect((await listTools.file(page)).suggestedFilename()).toBe('people.csv');
    const other = await context.newPage();
    await openAlive(other, `${web.origin}/login?server=producao`);
    await signInPage.signIn(other, clone.keys.admin, 'Produção');
    await expect(homePage.heading(other)).toBeVisible();
    let files = 0;
    page.on('download', () => (files += 1));
    await listTools.more(page).click();
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
    await expect(page).toHaveURL(/\/other-session$/);
    await expect(shell.heading(page)).toHaveText('No file was created');
    await expect(page.getByRole('main')).toContainText('@ Produção');
    await expect(page.getByText('Production', { exact: true })).toBeVisible();
    expect(files).toBe(0);
    await Promise.all([page.goto('about:blank'), other.goto('about:blank')]);
  });
});

test('two windows, all exports: every file is refused to a page of another session, and given to its own and to nobody’s', async ({
  web,
  sandbox,
}) => {
  const { markOf } = await import('../fixtures/forge.ts');
  const me = await signedIn(web, { key: sandbox.keys.admin, server: 'Demo' });
  const mark = (key: string) => `${PAGE_MARK}=${encodeURIComponent(markOf(web, { key, server: 'Demo' }))}`;
  const files = builtPaths('route', { persons: 'dddddd07-0000-4000-8000-000000000007' }).filter(
    (path) => !/^\/(?:api\/|messages\/|metrics$)/.test(path) || path.endsWith('/file'),
  );
  expect(files.length).toBeGreaterThanOrEqual(9);
  for (const path of files) {
    const other = await me.get(`${path}?${mark(sandbox.keys.support)}`);
    expect([path, other.status, new URL(String(other.headers.location), web.origin).pathname]).toEqual([
      path,
      303,
      '/other-session',
    ]);
    expect(other.headers['content-disposition']).toBeUndefined();
    const twice = await me.get(`${path}?${mark(sandbox.keys.admin)}&${mark(sandbox.keys.support)}`);
    expect([path, twice.status]).toEqual([path, 303]);
    const [own, none] = [await me.get(`${path}?${mark(sandbox.keys.admin)}`), await me.get(path)];
    expect([path, own.status]).toEqual([path, path.endsWith('/file') ? 404 : 200]);
    expect([path, none.status]).toEqual([path, own.status]);
  }
});
