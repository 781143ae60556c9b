import type { Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { holderOf, makePeople } from '../fixtures/people.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';

async function mergesOf(omni: Control) {
  return (await omni.calls()).items.filter(({ path, method }) => method === 'POST' && path.endsWith('/persons/merge'));
}

/** Omni answers no merge before its faults are cleared. */
const holdMerges = (omni: Control) => omni.fault({ kind: 'hold', path: '/persons/merge$', times: null });

/** Waits until Omni holds a merge. */
const held = (omni: Control) => expect.poll(async () => (await mergesOf(omni)).length).toBe(1);

/** Two people whose join is ready to be run. */
async function readyToJoin(page: Page, omni: Control) {
  const [stays, goes] = await makePeople(omni, {}, {});
  if (!stays || !goes) throw new Error('nobody');
  await omni.clearCalls();
  await openAlive(page, mergePage.path(stays.id, goes.id));
  await operation.typed(page).fill(goes.name);
  await expect(mergePage.join(page)).toBeEnabled();
  return { stays, goes };
}

test('a second click runs nothing twice', async ({ page, omni }) => {
  await holdMerges(omni);
  await readyToJoin(page, omni);
  await mergePage.join(page).dblclick();
  await held(omni);
  await omni.clearFaults();
  await expect(operation.done(page)).toBeVisible();
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('the same page in two tabs: one runs, the other is told', async ({ page, context, omni }) => {
  await holdMerges(omni);
  const { stays, goes } = await readyToJoin(page, omni);
  const other = await context.newPage();
  await openAlive(other, mergePage.path(stays.id, goes.id));
  await operation.typed(other).fill(goes.name);
  await expect(mergePage.join(other)).toBeEnabled();
  await Promise.all([mergePage.join(page).click(), mergePage.join(other).click()]);
  const told = page.getByRole('alert').filter({ hasText: 'is changing' });
  const toldOther = other.getByRole('alert').filter({ hasText: 'is changing' });
  await expect.poll(async () => (await told.count()) + (await toldOther.count())).toBe(1);
  await held(omni);
  await omni.clearFaults();
  const ends = async () => (await operation.done(page).count()) + (await operation.done(other).count());
  await expect.poll(ends).toBe(1);
  expect((await told.count()) + (await toldOther.count())).toBe(1);
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('a closed tab stops nothing: the entry ends true', async ({ page, context, omni }) => {
  await holdMerges(omni);
  const { stays, goes } = await readyToJoin(page, omni);
  await mergePage.join(page).click();
  await held(omni);
  await page.close();
  await omni.clearFaults();
  const later = await context.newPage();
  await openAlive(later, `/activity?subject=${goes.id}`);
  await expect(async () => {
    await later.reload();
    const entry = later.getByRole('main').getByRole('listitem').filter({ hasText: goes.name });
    await expect(entry.getByText('Done', { exact: true })).toBeVisible({ timeout: 5000 });
  }).toPass();
  expect(await holderOf(omni, String(goes.identities[0]))).toBe(stays.id);
});

test('Stop midway ends before the next step, and Continue does the rest', async ({ page, omni }) => {
  const phone = `+55119${String(Date.now()).slice(-8)}`;
  const [stays, goes] = await makePeople(omni, {}, { phone });
  if (!stays || !goes) throw new Error('nobody');
  await omni.clearCalls();
  await holdMerges(omni);
  await openAlive(page, mergePage.path(stays.id, goes.id));
  await operation.typed(page).fill(goes.name);
  await mergePage.join(page).click();
  await held(omni);
  const asked = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && /\/api\/operations\//.test(answer.url()),
  );
  await page.getByRole('button', { name: 'Stop' }).click();
  await asked;
  await omni.clearFaults();
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped' })).toBeVisible();
  const phoneNow = async () =>
    (await omni.sql('SELECT primary_phone FROM persons WHERE id = ?', [stays.id]))[0]?.primary_phone;
  expect(await holderOf(omni, String(goes.identities[0]))).toBe(stays.id);
  expect(await phoneNow()).toBeNull();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await phoneNow()).toBe(phone);
});

test('while a slow change runs, the rest of the console answers', async ({ page, context, omni }) => {
  const [ana] = await makePeople(omni, { name: 'Ana Enquanto' });
  const [edit, list] = [await context.newPage(), await context.newPage()];
  await openAlive(edit, personPage.path(String(ana?.id)));
  await openAlive(list, '/persons');
  await holdMerges(omni);
  const { stays, goes } = await readyToJoin(page, omni);
  await mergePage.join(page).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await held(omni);
  // The same tab goes on at once, another change runs beside it, and another list is searched.
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'People' }).click();
  await expect(page).toHaveURL(/\/persons$/);
  await edit.getByRole('button', { name: 'Edit Name' }).click();
  await edit.getByRole('textbox', { name: 'Name' }).fill('Ana Depois');
  await edit.keyboard.press('Enter');
  await expect(edit.getByRole('status').filter({ hasText: 'Done: Edit' })).toBeVisible();
  await personsPage.search(list).fill('joao silva');
  await expect(personsPage.person(list, 'João Silva')).toBeVisible();
  // All of that happened before the slow write was answered.
  expect(await holderOf(omni, String(goes.identities[0]))).toBe(goes.id);
  await omni.clearFaults();
  await expect.poll(() => holderOf(omni, String(goes.identities[0]))).toBe(stays.id);
});
