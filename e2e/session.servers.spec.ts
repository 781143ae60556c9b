import { startSandbox, type Sandbox } from '../sandbox/server.ts';
import { expect, openAlive, test } from './fixtures.ts';
import { personsPage } from './pom/persons.ts';
import { servers } from './pom/servers.ts';
import { sessionDialog } from './pom/session.ts';
import { shell } from './pom/shell.ts';
import { signInPage } from './pom/sign-in.ts';

test.use({ as: 'nobody' });

let second: Sandbox;
test.beforeAll(async () => {
  second = await startSandbox({ port: 0, persons: 120, seed: 2 });
});
test.afterAll(() => second.stop());

test.beforeEach(({ watched }) => watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/));

test('two servers, a session each: turned to and back, and another tab stops where it was', async ({
  beside,
  page,
  context,
  sandbox,
}) => {
  const offered = { servers: `Testes=${sandbox.url},Produção=${second.url}`, env: { OMNI_PRODUCTION: 'Produção' } };
  await beside(offered, async (web) => {
    await openAlive(page, `${web.origin}/login`);
    await signInPage.signIn(page, sandbox.keys.support, 'Testes');
    await expect(personsPage.heading(page)).toBeVisible();
    await expect(page.getByText('Production', { exact: true })).toHaveCount(0);
    const other = await context.newPage();
    await openAlive(other, `${web.origin}/persons`);

    await servers.turnTo(page, 'Produção');
    await expect(signInPage.heading(page)).toBeVisible();
    await expect(signInPage.server(page)).toHaveValue('producao');
    await signInPage.signIn(page, second.keys.viewer ?? '');
    await expect(personsPage.heading(page)).toBeVisible();
    await expect(page.getByText('Production', { exact: true })).toBeVisible();

    await sessionDialog.lookAgain(other);
    await expect(sessionDialog.moved(other)).toContainText('Suporte @ Testes');
    await expect(sessionDialog.moved(other)).toContainText('Somente leitura @ Produção');
    await expect(personsPage.heading(other)).toBeHidden();
    await other.close();

    await servers.menu(page).click();
    await expect(servers.item(page, 'Testes')).toContainText('signed in');
    await servers.item(page, 'Testes').click();
    await expect(personsPage.heading(page)).toBeVisible();
    await expect(page.getByText('Production', { exact: true })).toHaveCount(0);

    await shell.signOut(page);
    await expect(signInPage.reason(page)).toHaveText('You are signed out.');
    await page.getByRole('button', { name: 'Still signed in at Produção' }).click();
    await expect(page.getByText('Production', { exact: true })).toBeVisible();
  });
});

test('with one server there is nothing to choose', async ({ beside, page, sandbox }) => {
  await beside({ servers: `Only=${sandbox.url}` }, async (web) => {
    await openAlive(page, `${web.origin}/login`);
    await signInPage.signIn(page, sandbox.keys.support, 'Only');
    await expect(personsPage.heading(page)).toBeVisible();
    await expect(servers.menu(page)).toHaveCount(0);
    await page.goto('about:blank'); // what the page goes on asking would meet a console that has ended
  });
});
