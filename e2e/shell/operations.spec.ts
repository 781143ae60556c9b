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

/** Two people whose join is ready to be run. */
async function readyToJoin(page: Page, omni: Control) {
  const [stays, goes] = await makePeople(omni, {}, {});
  if (!stays || !goes) throw new Error('nobody');
  await omni.clearCalls();
  await openAlive(page, mergePage.path(stays.id, goes.id));
  await operation.typed(page).fill(goes.name);
  await expect(mergePage.merge(page)).toBeEnabled();
  return { stays, goes };
}

test('a second click runs nothing twice', async ({ page, omni }) => {
  await slowMerge(omni);
  await readyToJoin(page, omni);
  await mergePage.merge(page).dblclick();
  await expect(operation.done(page)).toBeVisible({ timeout: 20_000 });
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('the same page in two tabs: one runs, the other is told', async ({ page, context, omni }) => {
  await slowMerge(omni);
  const { stays, goes } = await readyToJoin(page, omni);
  const other = await context.newPage();
  await openAlive(other, mergePage.path(stays.id, goes.id));
  await operation.typed(other).fill(goes.name);
  await expect(mergePage.merge(other)).toBeEnabled();
  await Promise.all([mergePage.merge(page).click(), mergePage.merge(other).click()]);
  const ends = async () => [await operation.done(page).count(), await operation.done(other).count()];
  await expect.poll(async () => (await ends()).includes(1), { timeout: 20_000 }).toBe(true);
  const told = page.getByRole('alert').filter({ hasText: 'is changing' });
  const toldOther = other.getByRole('alert').filter({ hasText: 'is changing' });
  expect((await told.count()) + (await toldOther.count()) + (await ends()).filter(Boolean).length).toBe(2);
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('a closed tab stops nothing: the entry ends true', async ({ page, context, omni }) => {
  await slowMerge(omni);
  const { stays, goes } = await readyToJoin(page, omni);
  await mergePage.merge(page).click();
  await expect.poll(async () => (await mergesOf(omni)).length).toBe(1);
  await page.close();
  const later = await context.newPage();
  await openAlive(later, `/activity?subject=${goes.id}`);
  await expect(async () => {
    await later.reload();
    const entry = later.getByRole('main').getByRole('listitem').filter({ hasText: goes.name });
    await expect(entry.getByText('Done', { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  expect(await holderOf(omni, String(goes.identities[0]))).toBe(stays.id);
});

test('Stop midway ends before the next step, and Continue does the rest', async ({ page, omni }) => {
  const phone = `+55119${String(Date.now()).slice(-8)}`;
  const [stays, goes] = await makePeople(omni, {}, { phone });
  if (!stays || !goes) throw new Error('nobody');
  await slowMerge(omni);
  await openAlive(page, mergePage.path(stays.id, goes.id));
  await operation.typed(page).fill(goes.name);
  await mergePage.merge(page).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped' })).toBeVisible({ timeout: 20_000 });
  const phoneNow = async () =>
    (await omni.sql('SELECT primary_phone FROM persons WHERE id = ?', [stays.id]))[0]?.primary_phone;
  expect(await holderOf(omni, String(goes.identities[0]))).toBe(stays.id);
  expect(await phoneNow()).toBeNull();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(operation.done(page)).toBeVisible({ timeout: 20_000 });
  expect(await phoneNow()).toBe(phone);
});

test('while a slow change runs, the rest of the console answers', async ({ page, context, omni }) => {
  test.slow(); // the write takes longer than a busy machine needs for the rest
  await slowMerge(omni, 20_000);
  const { stays, goes } = await readyToJoin(page, omni);
  await mergePage.merge(page).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  // The same tab goes on at once, and another change runs beside it.
  const [ana] = await makePeople(omni, { name: 'Ana Enquanto' });
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'People' }).click();
  await expect(page).toHaveURL(/\/persons$/);
  await openAlive(page, personPage.path(String(ana?.id)));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ana Depois');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Done: Edit' })).toBeVisible();
  expect(await holderOf(omni, String(goes.identities[0]))).toBe(goes.id);
  const other = await context.newPage();
  await openAlive(other, '/persons');
  await expect(personsPage.rows(other).first()).toBeVisible();
  await personsPage.search(other).fill('joao silva');
  await expect(personsPage.person(other, 'João Silva')).toBeVisible();
  // All of that happened before the slow write was answered.
  expect(await holderOf(omni, String(goes.identities[0]))).toBe(goes.id);
  await expect.poll(() => holderOf(omni, String(goes.identities[0])), { timeout: 60_000 }).toBe(stays.id);
});
