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
  await holdMerges(omni);
  await readyToMerge(page, omni);
  await mergePage.merge(page).dblclick();
  await held(omni);
  await omni.clearFaults();
  await expect(operation.done(page)).toBeVisible();
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('operations.run: the same page in two tabs: one runs, the other says who runs it', async ({
  page,
  context,
  omni,
}) => {
  await holdMerges(omni);
  const { survivor, duplicate } = await readyToMerge(page, omni);
  const other = await context.newPage();
  await openAlive(other, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(other).fill(duplicate.name);
  await expect(mergePage.merge(other)).toBeEnabled();
  await Promise.all([mergePage.merge(page).click(), mergePage.merge(other).click()]);
  const busy = page.getByRole('alert').filter({ hasText: 'is changing' });
  const busyOther = other.getByRole('alert').filter({ hasText: 'is changing' });
  await expect.poll(async () => (await busy.count()) + (await busyOther.count())).toBe(1);
  await held(omni);
  await omni.clearFaults();
  const ends = async () => (await operation.done(page).count()) + (await operation.done(other).count());
  await expect.poll(ends).toBe(1);
  expect((await busy.count()) + (await busyOther.count())).toBe(1);
  expect(await mergesOf(omni)).toHaveLength(1);
});

test('operations.run: a closed tab stops nothing: the entry ends as predicted', async ({ page, context, omni }) => {
  await holdMerges(omni);
  const { survivor, duplicate } = await readyToMerge(page, omni);
  await mergePage.merge(page).click();
  await held(omni);
  await page.close();
  await omni.clearFaults();
  const later = await context.newPage();
  await openAlive(later, `/activity?subject=${duplicate.id}`);
  await expect(async () => {
    await later.reload();
    const entry = later.getByRole('main').getByRole('row').filter({ hasText: duplicate.name });
    await expect(entry.getByText('Done', { exact: true })).toBeVisible({ timeout: 5000 });
  }).toPass();
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(survivor.id);
});

test('operations.run: Stop ends before the next step, and Finish does the rest', async ({ page, omni }) => {
  const phone = `+55119${String(Date.now()).slice(-8)}`;
  const [survivor, duplicate] = await makePeople(omni, {}, { phone });
  if (!survivor || !duplicate) throw new Error('nobody');
  await omni.clearCalls();
  await holdMerges(omni);
  await openAlive(page, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(page).fill(duplicate.name);
  await mergePage.merge(page).click();
  await held(omni);
  const asked = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && /\/api\/operations\//.test(answer.url()),
  );
  await page.getByRole('button', { name: 'Stop' }).click();
  await asked;
  await omni.clearFaults();
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped halfway' })).toBeVisible();
  const phoneNow = async () =>
    (await omni.sql('SELECT primary_phone FROM persons WHERE id = ?', [survivor.id]))[0]?.primary_phone;
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(survivor.id);
  expect(await phoneNow()).toBeNull();
  await operation.left(page).click();
  const left = page.getByRole('dialog', { name: /step(s)? (is|are) left/ });
  await expect(left.getByRole('listitem')).not.toHaveCount(0);
  await expect(left.getByText(duplicate.name)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(left).toBeHidden();
  expect(await phoneNow()).toBeNull();
  await operation.left(page).click();
  await operation.finish(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await phoneNow()).toBe(phone);
});

test('operations.run: while a slow change runs, the rest of the console answers', async ({ page, context, omni }) => {
  const [ana] = await makePeople(omni, { name: 'Ana Enquanto' });
  const [edit, list] = [await context.newPage(), await context.newPage()];
  await openAlive(edit, personPage.path(String(ana?.id)));
  await openAlive(list, '/persons');
  await holdMerges(omni);
  const { survivor, duplicate } = await readyToMerge(page, omni);
  await mergePage.merge(page).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await held(omni);
  // The same tab duplicate on at once, another change runs beside it, and another list is searched.
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'People' }).click();
  await expect(page).toHaveURL(/\/persons$/);
  await edit.getByRole('button', { name: 'Edit Name' }).click();
  await edit.getByRole('textbox', { name: 'Name' }).fill('Ana Depois');
  await edit.keyboard.press('Enter');
  await expect(edit.getByRole('status').filter({ hasText: 'Name changed to' })).toBeVisible();
  await personsPage.search(list).fill('joao silva');
  await expect(personsPage.person(list, 'João Silva')).toBeVisible();
  // All of that happened before the slow write was answered.
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(duplicate.id);
  await omni.clearFaults();
  await expect.poll(() => holderOf(omni, String(duplicate.identities[0]))).toBe(survivor.id);
});

test('operations.run: what was never confirmed is finished only after a word is typed', async ({ page, omni, web }) => {
  const [person] = await makePeople(omni, {});
  if (!person) throw new Error('nobody');
  await omni.fault({ kind: 'hold', method: 'PATCH', path: person.id, when: 'before' });
  await openAlive(page, personPage.path(person.id));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Nome novo');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await omni.calls()).items.some(({ method }) => method === 'PATCH')).toBe(true);
  const { neverConfirm } = await import('../fixtures/forge.ts');
  const entryId = await neverConfirm(web);
  await openAlive(page, `/activity/${entryId}`);
  await expect(page.getByRole('alert').filter({ hasText: 'Sent, never confirmed' })).toBeVisible();
  await omni.clearFaults();
  await operation.left(page).click();
  await expect(operation.finish(page)).toBeDisabled();
  await operation.typed(page).fill('finish');
  await operation.finish(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql('SELECT display_name FROM persons WHERE id = ?', [person.id])).toEqual([
    { display_name: 'Nome novo' },
  ]);
});
