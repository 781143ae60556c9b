import type { Page, Route } from '@playwright/test';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { keyForm } from '../pom/keys/keys.ts';
import { mergePage } from '../pom/operations.ts';
import { homePage } from '../pom/home.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { ownSession, sessionDialog } from '../pom/session/session.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OTHER = 'dddddd08-0000-4000-8000-000000000008';
const PERSON = 'dddddd07-0000-4000-8000-000000000007';

test('session: two minutes before the idle limit a warning offers to stay', async ({ page, open, web }) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open('/persons');
  const { sid } = await ownSession(page);
  await ageSession(web, sid, { seen: 2 * HOUR - 90_000 });
  await sessionDialog.returnToTab(page);
  await expect(sessionDialog.warning(page)).toContainText(/1:[0-2]\d left/);
  await sessionDialog.stay(page).click();
  await expect(sessionDialog.warning(page)).toBeHidden();
  const { idleEndsAt, now } = await ownSession(page);
  expect(idleEndsAt - now).toBeGreaterThan(119 * MINUTE);
});

/** Holds the next read of the session; `answer` releases it with an earlier answer. */
async function holdSessionRead(page: Page) {
  const asked = Promise.withResolvers<Route>();
  let first = true;
  await page.route('**/api/session', (route) => {
    if (!first || route.request().method() !== 'GET') return route.continue();
    first = false;
    asked.resolve(route);
  });
  return {
    asked: asked.promise,
    answer: async (answer: Parameters<Route['fulfill']>[0]) => {
      const { promise: arrived, resolve } = Promise.withResolvers<void>();
      const held = await asked.promise;
      page.on('requestfinished', (request) => request === held.request() && resolve());
      await held.fulfill(answer);
      await arrived;
    },
  };
}

test('session: “Stay signed in” is sent while a request is on its way, and the older answer is ignored', async ({
  page,
  open,
  web,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open('/persons');
  await ageSession(web, (await ownSession(page)).sid, { seen: 2 * HOUR - 90_000 });
  await sessionDialog.returnToTab(page);
  await expect(sessionDialog.warning(page)).toBeVisible();
  const before = await (await page.request.get('/api/session')).text();
  const held = await holdSessionRead(page);
  await sessionDialog.returnToTab(page);
  await held.asked;
  await sessionDialog.stay(page).click();
  await expect(sessionDialog.warning(page)).toBeHidden();
  await held.answer({ contentType: 'application/json', body: before });
  await expect(personsPage.heading(page)).toBeVisible();
  await expect(sessionDialog.warning(page)).toBeHidden();
});

test('session: an answer from before a sign-in does not leave the page', async ({ page, open, web, sandbox }) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open('/persons?q=Silva');
  await ageSession(web, (await ownSession(page)).sid, { seen: 3 * HOUR });
  await sessionDialog.returnToTab(page);
  await expect(sessionDialog.ended(page)).toBeVisible();
  const held = await holdSessionRead(page);
  await sessionDialog.returnToTab(page);
  await held.asked;
  await sessionDialog.key(page).fill(sandbox.keys.admin);
  await sessionDialog.stay(page).click();
  await expect(sessionDialog.ended(page)).toBeHidden();
  await held.answer({ status: 401, contentType: 'application/json', body: JSON.stringify({ problem: 'ended' }) });
  await expect(personsPage.heading(page)).toBeVisible();
  await expect(personsPage.search(page)).toHaveValue('Silva');
  await expect(page).toHaveURL(/persons\?q=Silva$/);
});

test('session: the cookie expires at the time limit: the page is covered, not left', async ({
  page,
  open,
  web,
  context,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open('/persons?q=Silva');
  await ageSession(web, (await ownSession(page)).sid, { created: 12 * HOUR - 2_000 });
  await sessionDialog.returnToTab(page);
  await expect(sessionDialog.limit(page)).toBeVisible();
  await context.clearCookies();
  await expect(sessionDialog.ended(page)).toContainText('time limit');
  await expect(page).toHaveURL(/persons\?q=Silva$/);
});

test('session: a tab is not warned while another one was used', async ({ page, open }) => {
  await open('/persons');
  await sessionDialog.returnToTab(page);
  await ownSession(page);
  await expect(sessionDialog.warning(page)).toBeHidden();
  await expect(personsPage.heading(page)).toBeVisible();
});

test('session: before the time limit the key is asked for, and work continues in a new session', async ({
  page,
  open,
  web,
  sandbox,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open('/persons?q=Silva');
  const { sid } = await ownSession(page);
  await ageSession(web, sid, { created: 12 * HOUR - 60_000 });
  await sessionDialog.returnToTab(page);
  await expect(sessionDialog.limit(page)).toBeVisible();
  await sessionDialog.key(page).fill(sandbox.keys.admin);
  await sessionDialog.stay(page).click();
  await expect(sessionDialog.limit(page)).toBeHidden();
  expect((await ownSession(page)).sid).not.toBe(sid);
  await expect(personsPage.search(page)).toHaveValue('Silva');
});

test('session: after the end the page is covered; another key gets a new page', async ({
  page,
  open,
  web,
  sandbox,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  await page.getByRole('textbox', { name: 'Phone' }).fill('+55 47 91234 5678');
  await ageSession(web, (await ownSession(page)).sid, { seen: 3 * HOUR });
  await sessionDialog.returnToTab(page);
  await expect(sessionDialog.ended(page)).toContainText('type your key again');
  await expect(personPage.heading(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(sessionDialog.ended(page)).toBeVisible();
  await sessionDialog.key(page).fill(sandbox.keys.viewer ?? '');
  await sessionDialog.stay(page).click();
  await expect(sessionDialog.moved(page)).toContainText('Somente leitura');
  await page.getByRole('button', { name: 'Go to Demo' }).click();
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  await shell.signOut(page);
  await expect(signInPage.reason(page)).toHaveText('You are signed out.');
  await signInPage.signIn(page, sandbox.keys.admin, 'Demo');
  await expect(homePage.heading(page)).toBeVisible();
});

test('session: after the end the same key uncovers the page with what was typed', async ({
  page,
  open,
  web,
  sandbox,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  await page.getByRole('textbox', { name: 'Phone' }).fill('+55 47 91234 5678');
  await ageSession(web, (await ownSession(page)).sid, { created: 13 * HOUR });
  await sessionDialog.returnToTab(page);
  await expect(sessionDialog.ended(page)).toContainText('time limit');
  await sessionDialog.key(page).fill(`omni_sk_${'Zz9'.repeat(10)}Zz`);
  await sessionDialog.stay(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'does not accept this key' })).toBeVisible();
  await sessionDialog.key(page).fill(sandbox.keys.admin);
  await sessionDialog.stay(page).click();
  await expect(sessionDialog.ended(page)).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue('+55 47 91234 5678');
  await expect(personPage.heading(page)).toBeVisible();
});

test('session: a click after the end leads to sign-in, from there back, and the draft is still there', async ({
  page,
  open,
  web,
  sandbox,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('João da Silva Sauro');
  await ageSession(web, (await ownSession(page)).sid, { seen: 3 * HOUR });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(signInPage.heading(page)).toBeVisible();
  await expect(signInPage.reason(page)).toContainText('away for a while');
  await signInPage.signIn(page, sandbox.keys.admin, 'Demo');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('João da Silva Sauro');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Edit Name' })).toBeVisible();
});

test('drafts: a text that contains a key is not kept', async ({ page, open }) => {
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('omni_sk_DemoAdmin');
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('omni_sk_');
});

test('drafts: a form’s values are restored for the same key, and for no other in the same tab', async ({
  page,
  open,
  context,
  web,
  sandbox,
}) => {
  const { forgeCookies } = await import('../fixtures/forge.ts');
  page.on('dialog', (dialog) => void dialog.accept());
  const forms = [
    { path: '/keys/new', field: keyForm.name(page) },
    { path: mergePage.path(OTHER, PERSON), field: page.getByLabel('Reason') },
  ];
  for (const { path, field } of forms) {
    await open(path);
    await field.fill('Só para mim');
    await page.reload();
    await expect(field, path).toHaveValue('Só para mim');
  }
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  await context.addCookies(await forgeCookies(web, { key: sandbox.keys.consoleAdmin ?? '', server: 'Demo' }));
  for (const { path, field } of forms) {
    await open(path);
    await expect(field, path).toHaveValue('');
  }
  expect(kept).not.toContain('omni_sk_');
  await context.addCookies(await forgeCookies(web, { key: sandbox.keys.admin, server: 'Demo' }));
  await open('/keys/new');
  await expect(keyForm.name(page)).toHaveValue('Só para mim');
});

test('sign-out: leaves in every tab and clears what the browser kept', async ({ page, open, context, web }) => {
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Somebody');
  const other = await context.newPage();
  await openAlive(other, `${web.origin}/activity`);
  const answered = other.waitForResponse((response) => response.request().method() === 'DELETE');
  await shell.signOut(other);
  expect((await (await answered).allHeaders())['clear-site-data']).toBe('"cache", "storage"');
  await expect(signInPage.reason(other)).toHaveText('You are signed out.');
  await expect(signInPage.heading(page)).toBeVisible();
  expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({});
});

test('session: Omni rejects the key: the sign-in page says so, and a reload stays there', async ({
  page,
  open,
  omni,
  context,
}) => {
  await open('/persons');
  await omni.fault({ kind: 'status', status: 401, times: null });
  await page.goto('/persons?q=Silva');
  await expect(signInPage.reason(page)).toContainText('no longer accepts the key');
  await expect(page).toHaveURL(/reason=key_dead/);
  await page.reload();
  await expect(signInPage.reason(page)).toContainText('no longer accepts the key');
  const data = await context.request.get('/api/lookup/persons?q=Silva');
  expect(data.status()).toBe(401);
  expect(await data.json()).toEqual({ problem: 'key_dead' });
});

// Chromium keeps no page there while Playwright is attached: the browser's own event is all that can be sent.
test('session: a page from the back-forward cache is reloaded', async ({ page, open }) => {
  await open('/persons');
  const reloaded = page.waitForEvent('framenavigated');
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await reloaded;
  await expect(personsPage.heading(page)).toBeVisible();
});
