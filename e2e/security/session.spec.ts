import type { BrowserContext } from '@playwright/test';
import { randomSecrets } from '../../scripts/servers/console.ts';
import { expect, test } from '../fixtures/test.ts';
import { homePage } from '../pom/home.ts';
import { personsPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const HOUR = 3_600_000;

/** The cookie that holds the session, not the one that names its server. */
async function sessionCookie(context: BrowserContext) {
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith('-demo'));
  if (!cookie) throw new Error('the browser has no session');
  return cookie;
}

test('sign-out: it takes the cookie from the browser', async ({ page, open, context }) => {
  await open('/persons');
  await expect(personsPage.heading(page)).toBeVisible();
  await shell.signOut(page);
  await expect(signInPage.heading(page)).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => name.endsWith('-demo'))).toEqual([]);
});

test('sign-in: the cookie it sets is HttpOnly, SameSite=Lax and outlives the longest session by little', async ({
  browser,
  sandbox,
  web,
}) => {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${web.origin}/login`);
  await signInPage.signIn(page, sandbox.keys.support, 'Demo');
  await expect(homePage.heading(page)).toBeVisible();
  const cookie = await sessionCookie(context);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  // A cookie that goes first would take the page from whoever is at it, instead of asking for the key.
  const { endsAt } = (await (await page.request.get(`${web.origin}/api/session`)).json()) as { endsAt: number };
  expect(cookie.expires * 1000).toBeGreaterThan(endsAt);
  expect(cookie.expires * 1000).toBeLessThan(endsAt + 2 * HOUR);
  expect(await page.evaluate(() => document.cookie)).not.toContain('demo');
  await context.close();
});

test('session: a tampered cookie is no session, and the page says why', async ({ page, open, context, log }) => {
  log.expectLogged(/session\.cookie_refused/);
  const cookie = await sessionCookie(context);
  const middle = cookie.value.length >> 1;
  const changed = cookie.value[middle] === 'x' ? 'y' : 'x';
  const value = cookie.value.slice(0, middle) + changed + cookie.value.slice(middle + 1);
  await context.addCookies([{ ...cookie, value }]);
  await open('/persons?q=Silva');
  await expect(signInPage.heading(page)).toBeVisible();
  await expect(signInPage.reason(page)).toContainText('couldn’t be read');
});

test('session: a cookie moved under another server’s name opens nothing there', async ({
  page,
  open,
  context,
  log,
  web,
}) => {
  log.expectLogged(/session\.cookie_refused/);
  const cookie = await sessionCookie(context);
  await context.clearCookies();
  await context.addCookies([{ ...cookie, name: cookie.name.replace(/-demo$/, '-down'), url: undefined }]);
  await open('/persons');
  await expect(signInPage.reason(page)).toContainText('couldn’t be read');
  expect(new URL(page.url()).origin).toBe(web.origin);
});

test.describe('made elsewhere or long ago', () => {
  test.use({ as: 'nobody' });

  const MADE: readonly [what: string, wanted: { env?: Record<string, string>; ago?: number }, sentence: RegExp][] = [
    ['with a password nobody has any more', { env: { SESSION_PASSWORDS: `7:${'x'.repeat(40)}` } }, /couldn’t be read/],
    ['with another password of the same id', { env: { SESSION_PASSWORDS: `1:${'y'.repeat(40)}` } }, /couldn’t be read/],
    ['idle for three hours', { ago: 3 * HOUR }, /away for a while/],
    ['thirteen hours ago', { ago: 13 * HOUR }, /time limit/],
    ['under a STORE_KEYS of another console', { env: { STORE_KEYS: randomSecrets().store } }, /was ended/],
  ];

  for (const [what, { env, ago = 0 }, sentence] of MADE) {
    test(`session: one made ${what} is none: ${sentence.source}`, async ({
      page,
      open,
      context,
      sandbox,
      web,
      log,
    }) => {
      log.expectLogged(/session\.cookie_refused/);
      const { forgeCookies } = await import('../fixtures/forge.ts');
      const made = { key: sandbox.keys.admin, server: 'Demo', now: Date.now() - ago };
      await context.addCookies(await forgeCookies(web, env ? { ...made, env } : made));
      await open('/activity');
      await expect(signInPage.heading(page)).toBeVisible();
      await expect(signInPage.reason(page)).toContainText(sentence);
      const data = await page.request.get('/api/lookup/persons?q=Silva', { maxRedirects: 0 });
      expect(data.status()).not.toBe(200);
      expect(await data.text()).not.toContain('Silva');
    });
  }

  test('session: one that is nearly over still works', async ({ page, open, context, sandbox, web }) => {
    const { forgeCookies } = await import('../fixtures/forge.ts');
    const now = Date.now() - HOUR - 55 * 60_000;
    await context.addCookies(await forgeCookies(web, { key: sandbox.keys.admin, server: 'Demo', now }));
    await open('/persons');
    await expect(personsPage.heading(page)).toBeVisible();
  });
});

test('sign-out: a copied cookie is dead after sign-out', async ({ page, open, context, browser, web }) => {
  await open('/persons');
  await expect(personsPage.rows(page).first()).toBeVisible();
  const copied = await context.cookies();
  const thief = await browser.newContext({ locale: 'en-US' });
  await thief.addCookies(copied);
  const other = await thief.newPage();
  await other.goto(`${web.origin}/persons`);
  await expect(personsPage.heading(other)).toBeVisible();
  await shell.signOut(page);
  await expect(signInPage.reason(page)).toHaveText('You are signed out.');
  const later = await thief.newPage();
  await later.goto(`${web.origin}/persons`);
  await expect(signInPage.reason(later)).toContainText('was ended');
  const data = await thief.request.get(`${web.origin}/api/lookup/persons?q=Silva`, { maxRedirects: 0 });
  expect(data.status()).not.toBe(200);
  await thief.close();
});

test('sign-in: signing in anew ends the session this browser had', async ({
  page,
  open,
  context,
  browser,
  sandbox,
  web,
}) => {
  await open('/persons');
  const before = await context.cookies();
  await open('/login?reason=key_dead');
  await signInPage.signIn(page, sandbox.keys.support, 'Demo');
  await expect(homePage.heading(page)).toBeVisible();
  expect((await sessionCookie(context)).value).not.toBe(before.find(({ name }) => name.endsWith('-demo'))?.value);
  const old = await browser.newContext({ locale: 'en-US' });
  await old.addCookies(before);
  const other = await old.newPage();
  await other.goto(`${web.origin}/persons`);
  await expect(signInPage.reason(other)).toContainText('was ended');
  await old.close();
});

test('server actions: nothing can be done from another site: a foreign origin changes nothing', async ({
  page,
  open,
  context,
  web,
}) => {
  await open('/persons');
  const forged = await page.request.post('/persons', {
    headers: { origin: 'https://evil.example', 'next-action': '0'.repeat(42), 'content-type': 'text/plain' },
    data: '[]',
    maxRedirects: 0,
  });
  expect(forged.status()).toBe(403);
  await open('/persons');
  await expect(personsPage.heading(page)).toBeVisible();
  expect((await sessionCookie(context)).domain).toBe(new URL(web.origin).hostname);
});
