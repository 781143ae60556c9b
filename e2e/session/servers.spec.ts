import { startSandbox, type Sandbox } from '../../sandbox/wire/server.ts';
import { bandOf } from '../fixtures/band.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { homePage } from '../pom/home.ts';
import { personsPage } from '../pom/persons.ts';
import { servers } from '../pom/session/servers.ts';
import { sessionDialog } from '../pom/session/session.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';

test.use({ as: 'nobody' });

let second: Sandbox;
test.beforeAll(async () => {
  second = await startSandbox({ port: 0, persons: 120, seed: 2 });
});
test.afterAll(() => second.stop());

test.beforeEach(({ watched }) => watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/));

test('servers: two servers, a session each: switching there and back, and another tab is covered', async ({
  beside,
  page,
  context,
  sandbox,
}) => {
  const offered = { servers: `Testes=${sandbox.url},Produção=${second.url}`, env: { OMNI_PRODUCTION: 'Produção' } };
  await beside(offered, async (web) => {
    await openAlive(page, `${web.origin}/login`);
    await signInPage.signIn(page, sandbox.keys.support, 'Testes');
    await expect(homePage.heading(page)).toBeVisible();
    await expect(page.getByText('Production', { exact: true })).toHaveCount(0);
    const other = await context.newPage();
    await openAlive(other, `${web.origin}/persons`);

    await servers.turnTo(page, 'Produção');
    await expect(signInPage.heading(page)).toBeVisible();
    await expect(signInPage.server(page)).toHaveValue('producao');
    await signInPage.signIn(page, second.keys.viewer ?? '');
    await expect(homePage.heading(page)).toBeVisible();
    await expect(page.getByText('Production', { exact: true })).toBeVisible();

    await sessionDialog.returnToTab(other);
    await expect(sessionDialog.moved(other)).toContainText('Suporte @ Testes');
    await expect(sessionDialog.moved(other)).toContainText('Somente leitura @ Produção');
    await expect(personsPage.heading(other)).toBeHidden();
    await other.close();

    await servers.menu(page).click();
    await expect(servers.item(page, 'Testes')).toContainText('signed in');
    await servers.item(page, 'Testes').click();
    await expect(homePage.heading(page)).toBeVisible();
    await expect(page.getByText('Production', { exact: true })).toHaveCount(0);

    await shell.signOut(page);
    await expect(signInPage.heading(page)).toBeVisible();
    await expect(signInPage.reason(page)).toHaveText('You are signed out.');
    await page.getByRole('button', { name: 'Still signed in at Produção' }).click();
    await expect(page.getByText('Production', { exact: true })).toBeVisible();
  });
});

test('servers: with one server there is nothing to choose', async ({ beside, page, sandbox }) => {
  await beside({ servers: `Only=${sandbox.url}` }, async (web) => {
    await openAlive(page, `${web.origin}/login`);
    await signInPage.signIn(page, sandbox.keys.support, 'Only');
    await expect(homePage.heading(page)).toBeVisible();
    await expect(servers.menu(page)).toHaveCount(0);
    await page.goto('about:blank'); // what the page goes on asking would meet a console that has ended
  });
});

test('servers: each server has a band of its own colour and its name, and production is marked, in both themes', async ({
  beside,
  page,
  context,
  sandbox,
}) => {
  const offered = { servers: `Testes=${sandbox.url},Produção=${second.url}`, env: { OMNI_PRODUCTION: 'Produção' } };
  const keys = { Testes: sandbox.keys.support, Produção: second.keys.support };
  await beside(offered, async (web) => {
    const { forgeCookies } = await import('../fixtures/forge.ts');
    const colours: Record<string, string[]> = { Testes: [], Produção: [] };
    for (const [server, key] of Object.entries(keys)) {
      await context.addCookies(await forgeCookies(web, { key, server }));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await openAlive(page, `${web.origin}/account`);
        const band = await bandOf(page);
        expect(band?.height).toBeGreaterThanOrEqual(3);
        expect(band?.colour).toMatch(/^(rgb|oklch|lab|color)\(/);
        colours[server]?.push(band?.colour ?? '');
        await expect(servers.menu(page)).toHaveAccessibleName(new RegExp(`^Server: ${server}\\.`));
        await expect(page.getByText('Production', { exact: true })).toHaveCount(server === 'Produção' ? 1 : 0);
      }
    }
    const [light, dark] = [0, 1].map((at) => Object.values(colours).map((all) => all[at]));
    expect(new Set(light).size).toBe(2);
    expect(new Set(dark).size).toBe(2);
    await (await import('../fixtures/forge.ts')).closeStores();
  });
});
