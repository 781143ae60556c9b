import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { keysPage } from '../pom/keys/keys.ts';
import { listTools } from '../pom/list-tools.ts';
import { personsPage } from '../pom/persons.ts';
import { routesPage } from '../pom/routes/routes.ts';
import { expect, test } from '../fixtures/test.ts';

async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

const JOAO = 'dddddd01-0000-4000-8000-000000000001';

const cookie = async (page: Page, name: string) =>
  (await page.context().cookies(`${new URL(page.url()).origin}/routes`)).find((each) => each.name === name);

test('views: a view keeps the filters under a name, without the search words; it is opened, marked and deleted by keyboard', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open('/routes?scope=user&sort=-agent&q=Helena');
  await listTools.fold(page).press('Enter');
  await listTools.views(page).press('Enter');
  await expect(page.getByText('No saved views yet.')).toBeVisible();
  await listTools.name(page).fill('VIP; São Paulo');
  await listTools.name(page).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '“VIP; São Paulo” saved.' })).toBeVisible();
  await expect(listTools.view(page, 'VIP; São Paulo')).toHaveAttribute('aria-current', 'true');
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(decodeURIComponent((await cookie(page, 'views-routes'))?.value ?? '')).toBe(
    '[["VIP; São Paulo","scope=user&sort=-agent"]]',
  );

  await open('/routes');
  await listTools.fold(page).press('Enter');
  await listTools.views(page).press('Enter');
  await expect(page.getByText('Choose a filter or an order to save a view.')).toBeVisible();
  await listTools.view(page, 'VIP; São Paulo').press('Enter');
  await expect(page).toHaveURL(/\/routes\?scope=user&sort=-agent$/);
  await listTools.fold(page).click();
  await expect(routesPage.filter(page, 'For')).toBeVisible();
  await expect(listTools.views(page)).toHaveText('VIP; São Paulo');

  await open('/routes?scope=user&sort=-agent');
  await listTools.fold(page).press('Enter');
  await listTools.views(page).press('Enter');
  await listTools.remove(page, 'VIP; São Paulo').press('Enter');
  await expect(page.getByText('“VIP; São Paulo” deleted.')).toBeVisible();
  expect(await cookie(page, 'views-routes')).toBeUndefined();
  await page.keyboard.press('Escape');
  await expect(listTools.views(page)).toBeFocused();
});

test('views: those of keys leave out page and search words; a cookie of garbage shows none', async ({
  page,
  open,
  web,
}) => {
  const garbage = encodeURIComponent('[["<img src=x>","q=Ana"],["Bad","//evil.example?show=all"],7');
  const { hostname } = new URL(web.origin);
  await page.context().addCookies([{ name: 'views-keys', value: garbage, domain: hostname, path: '/keys' }]);
  await open('/keys?show=all&use=any&page=2&q=demo');
  await listTools.views(page).click();
  await expect(page.getByText('No saved views yet.')).toBeVisible();
  await listTools.name(page).fill('Every key');
  await listTools.save(page).click();
  await listTools.view(page, 'Every key').click();
  await expect(page).toHaveURL(/\/keys\?show=all$/);
  await expect(listTools.views(page)).toHaveText('Every key');
});

test('columns: hidden ones are missing from the first answer on, and nothing is read for them', async ({
  page,
  open,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/lookup/presence')) asked.push(request.url());
  });
  await open('/persons');
  await listTools.columns(page).click();
  for (const name of ['Channels', 'Last seen', 'Email']) await listTools.column(page, name).uncheck();
  const heads = personsPage.table(page).getByRole('columnheader');
  await expect(heads).toHaveCount(5);
  for (const [at, name] of [
    [1, 'Name'],
    [2, 'Phone'],
    [3, 'Added'],
  ] as const)
    await expect(heads.nth(at)).toHaveAccessibleName(name);
  await axe(page);
  asked.length = 0;
  await open('/persons?limit=50');
  const html = await (await page.request.get('/persons?limit=50')).text();
  expect(html).toContain('Phone</span>');
  expect(html).not.toContain('Last seen</span>');
  await expect(personsPage.table(page).getByRole('columnheader')).toHaveCount(5);
  // A search needs the true names, so what is asked after it was asked for it alone.
  await personsPage.search(page).fill('helena');
  await expect.poll(() => asked.length).toBe(1);
});

test('columns: of routes and of keys', async ({ page, open }) => {
  await open('/routes');
  await listTools.columns(page).click();
  await listTools.column(page, 'Instance').uncheck();
  await expect(routesPage.table(page).getByRole('columnheader', { name: 'Instance' })).toHaveCount(0);
  await open('/keys');
  await listTools.columns(page).click();
  await listTools.column(page, 'Permissions').uncheck();
  await expect(keysPage.table(page).getByRole('columnheader', { name: 'Permissions' })).toHaveCount(0);
  await listTools.column(page, 'Permissions').check();
  await expect(keysPage.table(page).getByRole('columnheader', { name: 'Permissions' })).toHaveCount(1);
});

async function csv(page: Page, link?: string) {
  const file = link
    ? (
        await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link, exact: true }).click()])
      )[0]
    : await listTools.file(page);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('exports: people, a search, messages, findings and saved tests as files', async ({ page, open, omni }) => {
  await omni.reset({ persons: 500, seed: 1 });
  await open('/persons');
  const all = await csv(page);
  expect(all.name).toBe('people.csv');
  expect(all.text.startsWith('\uFEFFID,Name,Phone,Email,Added (America/Sao_Paulo),Found by,Problem\r\n')).toBe(true);
  const ids = all.text.split('\r\n').flatMap((line) => /^[0-9a-f-]{36}/.exec(line) ?? []);
  expect(ids).toHaveLength(510);
  expect(all.text).toContain(',Rosa Quispe,+51 976 543 219,');
  expect(new Set(ids).size).toBe(ids.length);
  await open('/persons?q=helena');
  const some = await csv(page);
  expect([some.name, some.text.includes('Helena')]).toEqual(['people-search.csv', true]);
  expect(some.text).toContain(',"WhatsApp, Telegram",');
  await open(`/persons/${JOAO}`);
  const messages = await csv(page, 'Export CSV');
  expect(messages.name).toBe('timeline-dddddd01.csv');
  expect(messages.text.match(/mensagem \d+ de João Silva/g)).toHaveLength(12);
  await open('/routes/health?reason=agent-off');
  const findings = await csv(page);
  expect(findings.name).toBe('route-health-agent-off.csv');
  expect(findings.text).toContain('\r\nagent-off,');
  expect((await page.request.get('/routes/tests/export')).headers()['content-disposition']).toContain(
    'saved-tests.csv',
  );
});

test.describe('a key of one scope', () => {
  test.use({ as: 'narrow' });

  test('exports: no file without the scope', async ({ page, open }) => {
    await open('/persons');
    for (const path of ['/persons/export', '/persons/export?q=ana', '/routes/health/export', '/routes/tests/export']) {
      const answer = await page.request.get(path);
      expect([path, answer.status(), answer.headers()['content-disposition']]).toEqual([path, 403, undefined]);
    }
  });
});
