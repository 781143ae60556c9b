import type { BrowserContext, Page } from '@playwright/test';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { dropKeys } from '../fixtures/keys-bed.ts';
import { keyForm, keyPage, keysPage, endPage, shownOnce, unshown } from '../pom/keys/keys.ts';
import { homePage } from '../pom/home.ts';
import { operation } from '../pom/operations.ts';

test.afterEach(({ omni }) => dropKeys(omni));

/** Fills the form and opens its review. */
async function review(page: Page, name: string) {
  await keyForm.name(page).fill(name);
  await keyForm.level(page, 'people', 'Read').check();
  await keyForm.reviewed(page);
}

test('keys.create: a key that no page showed is named on its entry, on Home and on its page, which leads to another', async ({
  page,
  open,
  omni,
  web,
  context,
}) => {
  await open('/keys/new');
  await review(page, 'sem tela');
  const answered = Promise.withResolvers<void>();
  await page.route('**/keys/new', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    answered.resolve();
    return new Promise(() => {});
  });
  await keyForm.create(page).click();
  await answered.promise;
  await page.close();

  const { letSecretsWait } = await import('../fixtures/forge.ts');
  const next = await context.newPage();
  await next.goto('/');
  await expect(homePage.finding(next, 'New keys that may not have been shown')).toHaveCount(0);
  await letSecretsWait(web);
  await next.reload();
  await homePage.finding(next, 'New keys that may not have been shown').getByRole('link', { name: 'sem tela' }).click();
  await expect(keyPage.heading(next)).toContainText('sem tela');
  await expect(unshown.notice(next)).toBeVisible();
  const [row] = await omni.sql("SELECT description FROM api_keys WHERE name = 'sem tela'");
  const entry = /\[console (.+)\]/.exec(String(row?.description))?.[1] ?? '';
  await next.goto(`/activity/${entry}`);
  await expect(unshown.notice(next)).toBeVisible();

  await unshown.again(next).click();
  await expect(endPage.reason(next)).toHaveValue('unshown');
  await endPage.revoke(next).click();
  await expect(operation.done(next)).toBeVisible();
  await next.getByRole('link', { name: 'Create another' }).click();
  await expect(keyForm.name(next)).toHaveValue('sem tela');
  expect(await omni.sql("SELECT status FROM api_keys WHERE name = 'sem tela'")).toEqual([{ status: 'revoked' }]);
  await next.goto('/');
  await expect(homePage.finding(next, 'New keys that may not have been shown')).toHaveCount(0);
});

test('keys.create: a key that its page shows is confirmed as shown', async ({ page, open, web, omni }) => {
  await open('/keys/new');
  await review(page, 'com tela');
  const confirmed = page.waitForResponse((answer) => answer.request().postData()?.includes('"keyId"') === true);
  await keyForm.create(page).click();
  await expect(shownOnce.dialog(page)).toBeVisible();
  await confirmed;
  await shownOnce.reveal(page).click();
  await shownOnce.stored(page).click();
  const { letSecretsWait } = await import('../fixtures/forge.ts');
  await letSecretsWait(web);
  await page.reload();
  await expect(keyPage.heading(page)).toContainText('com tela');
  await expect(unshown.notice(page)).toHaveCount(0);
  expect(await omni.sql("SELECT status FROM api_keys WHERE name = 'com tela'")).toEqual([{ status: 'active' }]);
});

const DROPS = process.env.SOAK ? 20 : 4;

test(`keys.create: after ${DROPS} browsers that are gone at any moment each new key was shown, is revoked, or is named`, async ({
  page,
  open,
  web,
  omni,
  context,
}) => {
  const drops = Array.from({ length: DROPS }, (_, at) => at);
  for (const at of drops) await createAndGo(context, `queda ${at}`, at % 4);
  await expect
    .poll(() => omni.sql("SELECT count(*) AS n FROM api_keys WHERE name LIKE 'queda %'"))
    .toEqual([{ n: DROPS }]);
  const { letSecretsWait, storeOf } = await import('../fixtures/forge.ts');
  await letSecretsWait(web);
  const rows = await omni.sql("SELECT id, status FROM api_keys WHERE name LIKE 'queda %'");
  const told = await (await storeOf(web.env)).selectFrom('secrets_sent').select(['subject', 'shown_at']).execute();
  const ends = rows.map(({ id, status }) => {
    if (status === 'revoked') return 'revoked';
    const sent = told.find(({ subject }) => subject === `key:${String(id)}`);
    if (!sent) return 'lost';
    return sent.shown_at === null ? String(id) : 'shown';
  });
  expect(ends).not.toContain('lost');
  for (const id of ends.filter((end) => /-/.test(end))) {
    await open(keyPage.path(id));
    await expect(unshown.notice(page)).toBeVisible();
  }
  await open('/keys');
  await expect(keysPage.table(page)).toBeVisible();
});

/** A browser that asks for a new key and is gone: once it asked, once the answer is there, once the key is on screen, or confirmed. */
async function createAndGo(context: BrowserContext, name: string, moment: number) {
  const page = await context.newPage();
  await openAlive(page, '/keys/new');
  await review(page, name);
  const posts = (text: string) => (request: { method(): string; postData(): string | null }) =>
    request.method() === 'POST' && (request.postData()?.includes(text) ?? false);
  const asked = page.waitForRequest(posts('"token"'));
  const answered = page.waitForResponse((answer) => posts('"token"')(answer.request()));
  const confirmed = page.waitForResponse((answer) => posts('"keyId"')(answer.request()));
  // Those that are not awaited end with their page.
  for (const late of [asked, answered, confirmed]) late.catch(() => undefined);
  await keyForm.create(page).click();
  await [() => asked, () => answered, () => expect(shownOnce.dialog(page)).toBeVisible(), () => confirmed][moment]?.();
  await page.close({ runBeforeUnload: false });
}
