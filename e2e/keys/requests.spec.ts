import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { callRows } from '#lib/keys/testing/calls.ts';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { expect, test } from '../fixtures/test.ts';
import { listTools } from '../pom/list-tools.ts';
import { auditPage } from '../pom/keys/requests.ts';

const LEAKED = '99999990-0000-4000-8000-000000000012';

async function keyWith(omni: Control, count: number, together = 0): Promise<string> {
  const row = { name: `auditada ${randomUUID().slice(0, 4)}`, scopes: ['persons:read'] };
  const [id = ''] = (await omni.rows({ api_keys: [row] })).api_keys ?? [];
  await omni.rows({ api_key_audit_logs: callRows(id, count, { together }) });
  return id;
}

const timesShown = (page: Page) =>
  auditPage
    .table(page)
    .getByRole('time')
    .evaluateAll((all) => all.map((time) => time.getAttribute('datetime')));

async function download(page: Page, name: 'CSV' | 'JSON'): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    auditPage.copies(page).getByRole('link', { name, exact: true }).click(),
  ]);
  return readFileSync(await file.path());
}

test('/keys/[id]/audit: requests that share one millisecond are all there, page after page', async ({
  page,
  open,
  omni,
}) => {
  const id = await keyWith(omni, 130, 70);
  await open(auditPage.path(id));
  await expect(page.getByText('130 requests in total.')).toBeVisible();
  const seen = await timesShown(page);
  for (const more of [50, 30]) {
    const before = page.url();
    await auditPage.older(page).click();
    await expect(page).not.toHaveURL(before);
    await expect(auditPage.rows(page)).toHaveCount(more + 1);
    seen.push(...(await timesShown(page)));
  }
  await expect(auditPage.older(page)).toHaveCount(0);
  const [{ newest } = { newest: 0 }] = await omni.sql<{ newest: number }>(
    'SELECT max(timestamp) / 1000 AS newest FROM api_key_audit_logs WHERE api_key_id = ?',
    [id],
  );
  expect(seen.length).toBe(130);
  expect(seen.filter((time) => Date.parse(time ?? '') === newest).length).toBeGreaterThanOrEqual(70);
});

test('/keys/[id]/audit: Omni’s filters go to Omni, the others search further and say how far', async ({
  page,
  open,
  omni,
}) => {
  const id = await keyWith(omni, 1200);
  await open(auditPage.path(id));
  await listTools.typed(page, 'Path contains', 'presence');
  await expect(listTools.chip(page, 'Path contains')).toContainText('presence');
  await omni.clearCalls();
  await listTools.typed(page, 'Status', '403');
  await expect(listTools.chip(page, 'Status')).toContainText('403');
  await expect(page).toHaveURL(/path=presence&status=403/);
  await expect(auditPage.table(page)).toBeVisible();
  const asked = (await omni.calls()).items.filter(({ path }) => path.endsWith('/audit'));
  expect(asked.length).toBeGreaterThan(0);
  for (const cell of await auditPage.table(page).getByText('/presence').all()) await expect(cell).toBeVisible();
  const count = await auditPage.table(page).getByText('403', { exact: true }).count();
  expect(count).toBe((await auditPage.rows(page).count()) - 1);

  await open(auditPage.path(id, '?ip=192.0.2'));
  await expect(page.getByText(/^No request matches in [56]\d\d searched\./)).toBeVisible();
  await expect(page.getByText('No matches yet')).toBeVisible();
  await expect(async () => {
    await auditPage.further(page).click({ timeout: 5000 });
    await expect(page.getByText('All requests were searched.')).toBeVisible({ timeout: 5000 });
  }).toPass();
  await expect(page.getByText('No requests match this filter')).toBeVisible();
});

test('/keys/[id]/audit: the plot of the newest thousand has the same numbers as its table', async ({
  page,
  open,
  omni,
}) => {
  const id = await keyWith(omni, 1200);
  await open(auditPage.path(id));
  await expect(page.getByText('The newest 1,000 requests')).toBeVisible();
  await expect(auditPage.plot(page)).toBeVisible();
  await expect(auditPage.errors(page).getByRole('link').first()).toHaveAttribute('href', /status=\d{3}$/);
  await page.getByText('Show as table').click();
  const cells = await page.getByRole('region', { name: 'Show as table' }).getByRole('cell').allTextContents();
  expect(cells.reduce((sum, text) => sum + Number(text.replace(',', '')), 0)).toBe(1000);
});

test('/keys/[id]/audit: a copy is made in the background, found again, and matches its SHA-256', async ({
  page,
  open,
  omni,
}) => {
  const id = await keyWith(omni, 640, 40);
  await open(auditPage.path(id));
  await auditPage.copyAll(page).click();
  await expect(auditPage.copies(page).getByRole('progressbar')).toBeVisible();
  await open('/persons');
  await open(auditPage.path(id));
  await expect(auditPage.copies(page)).toContainText('640 requests');
  await expect(auditPage.copies(page).getByRole('link', { name: 'JSON', exact: true })).toBeVisible({
    timeout: 20_000,
  });
  const shown = await auditPage
    .copies(page)
    .getByTitle(/^[0-9a-f]{64}$/)
    .evaluateAll((all) => all.map((one) => one.getAttribute('title')));
  const [csv, json] = [await download(page, 'CSV'), await download(page, 'JSON')];
  expect([csv, json].map((bytes) => createHash('sha256').update(bytes).digest('hex'))).toEqual(shown);
  const rows = JSON.parse(json.toString()) as { id: string }[];
  expect(new Set(rows.map((row) => row.id)).size).toBe(640);
  expect(csv.toString('utf8')).toContain(",'=cmd|calc,");
});

test('/keys/[id]/audit: a copy is stopped, continued, and deleted', async ({ page, open, omni }) => {
  const id = await keyWith(omni, 1500);
  await open(auditPage.path(id));
  await auditPage.copyAll(page).click();
  const copies = auditPage.copies(page);
  await copies.getByRole('button', { name: 'Stop' }).click();
  await expect(copies).toContainText('Stopped');
  await copies.getByRole('button', { name: 'Continue' }).click();
  await expect(copies).toContainText('Exported');
  await expect(copies).toContainText('1,500 requests');
  await copies.getByRole('button', { name: 'Delete this export' }).click();
  await copies.getByRole('button', { name: 'Delete export', exact: true }).click();
  await expect(copies).toContainText('export them first');
});

test('/keys/[id]/audit: what Omni counted beyond its log is explained', async ({ page, open, omni }) => {
  const id = await keyWith(omni, 130);
  await omni.write('UPDATE api_keys SET usage_count = 9120 WHERE id = ?', [id]);
  await open(auditPage.path(id));
  await expect(page.getByText('Omni’s log holds 130 of 9,120 requests.')).toBeVisible();
});

test.describe('/keys/[id]/leaked in India', () => {
  test.use({ timezoneId: 'Asia/Kolkata' });

  test('names the zone as people do, and says that nobody is notified', async ({ page, open }) => {
    await open(`/keys/${LEAKED}/leaked`);
    await expect(page.getByText('This page notifies nobody')).toBeVisible();
    await expect(page.getByText('Time zone: India Standard Time')).toBeVisible();
    await expect(page.getByText('Time zone: Asia/')).toHaveCount(0);
  });
});

test('/keys/[id]/audit: a deleted key says so', async ({ page, open }) => {
  await open(auditPage.path(randomUUID()));
  await expect(page.getByRole('alert').filter({ hasText: 'This key no longer exists' })).toBeVisible();
  await open('/keys/none/audit');
  await expect(page.getByText('Key not found')).toBeVisible();
});

test.describe('/keys/[id]/audit without keys:read', () => {
  test.use({ as: 'support' });

  test('names the missing permission', async ({ page, open }) => {
    await open(auditPage.path(LEAKED));
    await expect(page.getByText('Needs keys:read')).toBeVisible();
  });
});
