import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keep, leaks, listenTo } from '../security/crawl.ts';
import { expect, test } from '../fixtures/test.ts';
import { dropKeys } from '../fixtures/keys-bed.ts';
import { keyForm, keyPage, keysPage, shownOnce } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';

test.afterEach(({ omni }) => dropKeys(omni));

test('keys.create: after “I stored it” the text of a new key is nowhere but in the one answer that delivered it', async ({
  page,
  open,
  context,
  omni,
  web,
}) => {
  const { heard, settled } = listenTo(context);
  const answers: { headers: Record<string, string>; url: string }[] = [];
  await open('/keys/new');
  await keyForm.name(page).fill('segredo');
  await keyForm.level(page, 'people', 'Read').check();
  await keyForm.reviewed(page);
  page.on('response', (response) => {
    if (response.request().method() === 'POST') answers.push({ headers: response.headers(), url: response.url() });
  });
  await keyForm.create(page).click();
  await shownOnce.reveal(page).click();
  const secret = await shownOnce.text(page).innerText();
  expect(secret).toMatch(/^omni_sk_[A-Za-z0-9]{32}$/);
  await shownOnce.stored(page).click();
  await expect(keyPage.heading(page)).toContainText('segredo');
  await settled();
  const brought = leaks(heard, secret);
  // The answer itself may be gone from the browser before it can be looked at; nothing else may have it.
  expect(brought.filter((place) => place !== `body of ${web.origin}/keys/new`)).toEqual([]);
  expect(answers.length).toBeGreaterThan(0);
  for (const { headers } of answers) expect(headers['cache-control']).toContain('no-store');

  heard.length = 0;
  const keyUrl = page.url();
  const [entry] = await omni.sql("SELECT description FROM api_keys WHERE name = 'segredo'");
  const entryId = /\[console (.+)\]/.exec(String(entry?.description))?.[1] ?? '';
  expect(entryId).toMatch(/^[0-9a-f-]{36}$/);
  await keep(page, heard);
  await page.goBack();
  await keep(page, heard);
  await page.goForward();
  await keep(page, heard);
  for (const path of [
    keyUrl,
    `${keyUrl}/edit`,
    '/keys',
    '/keys/new',
    '/activity',
    `/activity/${entryId}`,
    '/activity/export?format=json',
    '/keys/export',
    `/api/operations/${entryId}`,
  ]) {
    const url = path.startsWith('http') ? path : web.origin + path;
    const answer = await context.request.get(url);
    const flight = await context.request.get(url, { headers: { rsc: '1' } });
    heard.push({ place: url, text: await answer.text() }, { place: `RSC of ${url}`, text: await flight.text() });
  }
  await open(`/activity/${entryId}`);
  await keep(page, heard);
  await page.reload();
  await keep(page, heard);
  const kept = await page.evaluate(async () => JSON.stringify([await caches.keys(), await indexedDB.databases()]));
  heard.push({ place: 'caches', text: kept });
  await settled();
  const folder = dirname(web.env.STORE_FILE ?? '');
  for (const name of readdirSync(folder)) heard.push({ place: name, text: readFileSync(join(folder, name), 'latin1') });
  heard.push({ place: 'log', text: web.lines.join('\n') });
  expect(heard.length).toBeGreaterThan(30);
  expect(leaks(heard, secret)).toEqual([]);
});

test('keys.create: a second click on a finished run delivers no key again', async ({ page, open, omni }) => {
  await open('/keys/new');
  await keyForm.name(page).fill('uma vez');
  await keyForm.level(page, 'people', 'Read').check();
  await keyForm.reviewed(page);
  let sent = '';
  await page.route('**/keys/new', (route) => {
    if (route.request().method() === 'POST') sent = route.request().postData() ?? '';
    return route.continue();
  });
  const asked = page.waitForRequest((request) => request.method() === 'POST');
  await keyForm.create(page).click();
  const { headers, url } = await asked.then((request) => ({ headers: request.headers(), url: request.url() }));
  await expect(shownOnce.dialog(page)).toBeVisible();
  const again = await page.request.post(url, { headers, data: sent });
  expect(await again.text()).not.toContain('omni_sk_');
  expect(await omni.sql("SELECT count(*) AS n FROM api_keys WHERE name = 'uma vez'")).toEqual([{ n: 1 }]);
});

test('keys.create: a lost answer of the console is asked for again, and creates no second key', async ({
  page,
  open,
  omni,
  watched,
}) => {
  watched.expectProblem(/net::ERR_FAILED/);
  await open('/keys/new');
  await keyForm.name(page).fill('sem resposta');
  await keyForm.level(page, 'people', 'Read').check();
  await keyForm.reviewed(page);
  await page.route('**/keys/new', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    return route.abort();
  });
  await keyForm.create(page).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('No answer came: it may have run');
  await page.unroute('**/keys/new');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('May not have been shown')).toBeVisible();
  expect(await omni.sql("SELECT count(*) AS n FROM api_keys WHERE name = 'sem resposta'")).toEqual([{ n: 1 }]);
});

test('keys.create: an answer that never comes leaves no active key, and the page says what to do', async ({
  page,
  open,
  omni,
}) => {
  await omni.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
  await open('/keys/new');
  await keyForm.name(page).fill('perdida');
  await keyForm.level(page, 'people', 'Read').check();
  await keyForm.reviewed(page);
  await keyForm.create(page).click();
  await expect(page.getByText('May not have been shown')).toBeVisible({ timeout: 30_000 });
  await expect(operation.done(page)).toHaveCount(0);
  expect(await omni.sql("SELECT status FROM api_keys WHERE name = 'perdida'")).toEqual([{ status: 'revoked' }]);
  await open('/keys');
  await expect(keysPage.key(page, 'perdida')).toHaveCount(0);
});

test('keys.create: a key that Try again in Activity creates is shown there, once', async ({ page, open, omni }) => {
  await omni.fault({ kind: 'status', status: 429, method: 'POST', path: '/keys$' });
  await open('/keys/new');
  await keyForm.name(page).fill('continuada');
  await keyForm.level(page, 'people', 'Read').check();
  await keyForm.reviewed(page);
  await keyForm.create(page).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await omni.clearFaults();
  await open('/activity');
  await page.getByRole('link', { name: 'Create key continuada' }).first().click();
  await page.waitForURL(/\/activity\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await shownOnce.reveal(page).click();
  await expect(shownOnce.text(page)).toHaveText(/^omni_sk_[A-Za-z0-9]{32}$/);
  await shownOnce.stored(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql("SELECT status FROM api_keys WHERE name = 'continuada'")).toEqual([{ status: 'active' }]);
});
