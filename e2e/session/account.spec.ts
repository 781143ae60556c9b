import { expect, openAlive, test } from '../fixtures/test.ts';
import { endPage, keyForm, shownOnce } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';
import { ownSession, sessionDialog } from '../pom/session/session.ts';
import { homePage } from '../pom/home.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const MINUTE = 60_000;

test.describe('signed in twice', () => {
  test.use({ as: 'nobody' });

  test('account: one session ends another, and Sign out everywhere ends all', async ({
    page,
    open,
    browser,
    sandbox,
    web,
  }) => {
    const elsewhere = await browser.newContext({ locale: 'en-US' });
    let other = await elsewhere.newPage();
    // A page whose session has ended goes to the sign-in by itself: another one is opened to see what it is told.
    const openOther = async () => {
      await other.close();
      other = await elsewhere.newPage();
      await other.goto(`${web.origin}/persons`);
    };
    const signIn = async (where: typeof page, name: string) => {
      await openAlive(where, `${web.origin}/login`);
      await signInPage.yourName(where).fill(name);
      await signInPage.signIn(where, sandbox.keys.support, 'Demo');
      await expect(homePage.heading(where)).toBeVisible();
    };
    await signIn(page, 'Ana');
    await signIn(other, 'Bia');
    await open('/account');
    const others = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'End session' }) });
    await expect(page.getByRole('listitem').filter({ hasText: 'This session' })).toContainText(/Chrome · \w+/);
    await others.filter({ hasText: 'Bia' }).getByRole('button', { name: 'End session' }).click();
    await expect(others.filter({ hasText: 'Bia' })).toHaveCount(0);
    await openOther();
    await expect(signInPage.reason(other)).toContainText('was ended');
    await signIn(other, 'Bia');
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(signInPage.reason(page)).toHaveText('You are signed out.');
    await openOther();
    await expect(signInPage.reason(other)).toContainText('was ended');
    await elsewhere.close();
  });
});

test('account: a session that could not be ended says so, and the page stays', async ({ page, open }) => {
  await open('/account');
  await page.route('**/api/session?everywhere', (route) =>
    route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ problem: 'store_down' }) }),
  );
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByText('No session was ended')).toBeVisible();
  await expect(page).toHaveURL(/\/account$/);
  await page.route('**/api/session', (route) =>
    route.request().method() === 'DELETE' ? route.fulfill({ status: 502 }) : route.continue(),
  );
  await shell.signOut(page);
  await expect(page.getByText('You are still signed in')).toBeVisible();
  await expect(page).toHaveURL(/\/account$/);
});

test('account: another key’s session is neither listed nor ended', async ({ page, open, web, sandbox }) => {
  const { forgeCookies } = await import('../fixtures/forge.ts');
  await forgeCookies(web, { key: sandbox.keys.viewer ?? '', server: 'Demo' });
  await open('/account');
  await expect(page.getByRole('region', { name: /sessions? of this key/ })).not.toContainText('Somente leitura');
});

test('account: language, theme and density are chosen here too', async ({ page, open }) => {
  await open('/account');
  const choices = page.getByRole('region', { name: 'This browser' });
  await choices.getByLabel('Theme').selectOption('Dark');
  await expect(page.getByRole('document')).toHaveAttribute('data-theme', 'dark');
  await choices.getByLabel('Language').selectOption('Português (Brasil)');
  await expect(shell.heading(page)).toHaveText('Conta e sessões');
});

test('account: the key is asked for again when it was typed long ago; a wrong one is refused', async ({
  page,
  open,
  web,
  sandbox,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open('/account');
  const { sid } = await ownSession(page);
  await ageSession(web, sid, { proof: 16 * MINUTE });
  const now = page.getByRole('button', { name: 'Type key again' });
  await now.click();
  const dialog = sessionDialog.proof(page);
  await expect(sessionDialog.key(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await now.click();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(sessionDialog.key(page)).toHaveAccessibleDescription(/^Enter the key\./);
  await expect(sessionDialog.key(page)).toBeFocused();
  await sessionDialog.key(page).fill(sandbox.keys.support);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'not the key you signed in with' })).toBeVisible();
  await sessionDialog.key(page).fill(sandbox.keys.admin);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Key confirmed' })).toBeVisible();
  await now.click();
  await expect(dialog).toBeHidden();
});

test('account: a key is created, and another revoked, after the key was asked for again', async ({
  page,
  open,
  web,
  sandbox,
  omni,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  const { sid } = await ownSession(page);
  const dialog = sessionDialog.proof(page);
  const prove = async () => {
    // As a password manager needs it: whose key, and that it is the one in use.
    const whose = dialog.getByRole('textbox', { includeHidden: true }).first();
    await expect(whose).toHaveAttribute('autocomplete', 'username');
    await expect(whose).toHaveValue(/ @ Demo$/);
    await expect(sessionDialog.key(page)).toHaveAttribute('autocomplete', 'current-password');
    await sessionDialog.key(page).fill(sandbox.keys.admin);
    await dialog.getByRole('button', { name: 'Continue' }).click();
  };
  await open(keyForm.path);
  await keyForm.name(page).fill('depois da prova');
  await keyForm.level(page, 'people', 'Read').check();
  await keyForm.reviewed(page);
  await ageSession(web, sid, { proof: 16 * MINUTE });
  await keyForm.create(page).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Review', exact: true })).toBeVisible();
  await expect(keyForm.name(page)).toHaveValue('depois da prova');
  await keyForm.create(page).click();
  await prove();
  await shownOnce.stored(page).click();
  const find = () => omni.sql("SELECT id, status FROM api_keys WHERE name = 'depois da prova'");
  const [made] = await find();
  expect(made).toMatchObject({ status: 'active' });
  await ageSession(web, sid, { proof: 16 * MINUTE });
  await open(endPage.leakedPath(String(made?.id)));
  await endPage.revoke(page).click();
  await expect(dialog).toBeVisible();
  expect(await find()).toMatchObject([{ status: 'active' }]);
  await prove();
  await expect(operation.done(page)).toBeVisible();
  expect(await find()).toMatchObject([{ status: 'revoked' }]);
});
