import type { Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { holderOf, makePeople } from '../fixtures/people.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';

const SLOW_MS = 2500;

async function mergesOf(omni: Control) {
  return (await omni.calls()).items.filter(({ path, method }) => method === 'POST' && path.endsWith('/persons/merge'));
}

const slowMerge = (omni: Control, ms = SLOW_MS) =>
  omni.fault({ kind: 'latency', ms, path: '/persons/merge$', times: null });

/** Two people whose merge is ready to run. */
async function readyToMerge(page: Page, omni: Control) {
  const [survivor, duplicate] = await makePeople(omni, {}, {});
  if (!survivor || !duplicate) throw new Error('nobody');
  await omni.clearCalls();
  await openAlive(page, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(page).fill(duplicate.name);
  await expect(mergePage.merge(page)).toBeEnabled();
  return { survivor, duplicate };
}

test('operations.run: a second click runs nothing twice', async ({ page, omni }) => {
  await slowMerge(omni);
  await readyToMerge(page, omni);
  await mergePage.merge(page).dblclick();
  await expect(operation.done(page)).toBeVisible({ timeout: 20_000 });
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('operations.run: the same page in two tabs: one runs, the other says who runs it', async ({
  page,
  context,
  omni,
}) => {
  await slowMerge(omni);
  const { survivor, duplicate } = await readyToMerge(page, omni);
  const other = await context.newPage();
  await openAlive(other, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(other).fill(duplicate.name);
  await expect(mergePage.merge(other)).toBeEnabled();
  await Promise.all([mergePage.merge(page).click(), mergePage.merge(other).click()]);
  const ends = async () => [await operation.done(page).count(), await operation.done(other).count()];
  await expect.poll(async () => (await ends()).includes(1), { timeout: 20_000 }).toBe(true);
  const busy = page.getByRole('alert').filter({ hasText: 'is changing' });
  const busyOther = other.getByRole('alert').filter({ hasText: 'is changing' });
  expect((await busy.count()) + (await busyOther.count()) + (await ends()).filter(Boolean).length).toBe(2);
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('operations.run: a closed tab stops nothing: the entry ends as predicted', async ({ page, context, omni }) => {
  await slowMerge(omni);
  const { survivor, duplicate } = await readyToMerge(page, omni);
  await mergePage.merge(page).click();
  await expect.poll(async () => (await mergesOf(omni)).length).toBe(1);
  await page.close();
  const later = await context.newPage();
  await openAlive(later, `/activity?subject=${duplicate.id}`);
  await expect(async () => {
    await later.reload();
    const entry = later.getByRole('main').getByRole('listitem').filter({ hasText: duplicate.name });
    await expect(entry.getByText('Done', { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(survivor.id);
});

test('operations.run: Stop ends before the next step, and Finish does the rest', async ({ page, omni }) => {
  const phone = `+55119${String(Date.now()).slice(-8)}`;
  const [survivor, duplicate] = await makePeople(omni, {}, { phone });
  if (!survivor || !duplicate) throw new Error('nobody');
  await slowMerge(omni);
  await openAlive(page, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(page).fill(duplicate.name);
  await mergePage.merge(page).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped halfway' })).toBeVisible({ timeout: 20_000 });
  const phoneNow = async () =>
    (await omni.sql('SELECT primary_phone FROM persons WHERE id = ?', [survivor.id]))[0]?.primary_phone;
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(survivor.id);
  expect(await phoneNow()).toBeNull();
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(operation.done(page)).toBeVisible({ timeout: 20_000 });
  expect(await phoneNow()).toBe(phone);
});

test('operations.run: while a slow change runs, the rest of the console answers', async ({ page, context, omni }) => {
  test.slow(); // the write takes longer than a busy machine needs for the rest
  await slowMerge(omni, 20_000);
  const { survivor, duplicate } = await readyToMerge(page, omni);
  await mergePage.merge(page).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  // The same tab goes on at once, and another change runs beside it.
  const [ana] = await makePeople(omni, { name: 'Ana Enquanto' });
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'People' }).click();
  await expect(page).toHaveURL(/\/persons$/);
  await openAlive(page, personPage.path(String(ana?.id)));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ana Depois');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Changes to' })).toBeVisible();
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(duplicate.id);
  const other = await context.newPage();
  await openAlive(other, '/persons');
  await expect(personsPage.rows(other).first()).toBeVisible();
  await personsPage.search(other).fill('joao silva');
  await expect(personsPage.person(other, 'João Silva')).toBeVisible();
  // All of that happened before the slow write was answered.
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(duplicate.id);
  await expect.poll(() => holderOf(omni, String(duplicate.identities[0])), { timeout: 60_000 }).toBe(survivor.id);
});
