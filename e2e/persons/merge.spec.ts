import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { axe } from '../a11y/axe.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { makePeople } from '../fixtures/people.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { expect, test } from '../fixtures/test.ts';

const JOAO = 'dddddd01-0000-4000-8000-000000000001';

async function mergesSent(omni: Control) {
  return (await omni.calls()).items.filter(({ path }) => path.endsWith('/persons/merge'));
}

test('persons.merge: search, choose, merge and undo, with the keyboard alone', async ({ page, open, omni }) => {
  await omni.clearCalls();
  await open('/persons');
  await personsPage.search(page).focus();
  await page.keyboard.type('joao silva');
  await expect(personsPage.person(page, 'João Silva')).toBeVisible();
  await axe(page);
  // One Tab stop enters the list; j and k move, x selects.
  await tabTo(page, /silva/i, 'link');
  for (const name of ['João Silva', 'Joao Silva']) {
    await page.keyboard.press('Home');
    const link = personsPage.person(page, name).first();
    while (!(await link.evaluate((element) => element === document.activeElement))) await page.keyboard.press('j');
    await page.keyboard.press('x');
  }
  await tabTo(page, 'Merge 2', 'link');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Merge two people' })).toBeVisible();
  await expect(mergePage.merge(page)).toBeVisible();
  await axe(page);
  if ((await operation.typed(page).count()) > 0) {
    const text = await operation.asked(page);
    await tabTo(page, /^Type “/, 'textbox');
    await page.keyboard.type(text);
  }
  await tabTo(page, /^Merge into /, 'button');
  await page.keyboard.press('Enter');
  await expect(operation.done(page)).toBeVisible();
  await expect(page.getByRole('heading', { name: / merged into / })).toBeFocused();
  await axe(page);
  expect((await mergesSent(omni)).length).toBe(1);
  await tabTo(page, 'Undo', 'button');
  await page.keyboard.press('Enter');
  await expect(operation.undoRun(page)).toBeVisible();
  await expect(page.getByText('under a new ID')).toBeVisible();
  await axe(page);
  await tabTo(page, 'Undo this change', 'button');
  await page.keyboard.press('Enter');
  await expect(operation.done(page)).toBeVisible();
  await expect(page.getByText(/^The new person has exactly/)).toBeVisible();
  await axe(page);
});

test('persons.merge: loaded again, the page with the receipt is the entry’s own, with Undo', async ({
  page,
  open,
  omni,
}) => {
  const [into, from] = await makePeople(omni, { name: 'Recarregada Um' }, { name: 'Recarregada Dois' });
  if (!into || !from) throw new Error('nobody');
  await open(mergePage.path(into.id, from.id));
  await expect(mergePage.merge(page)).toBeVisible();
  if ((await operation.typed(page).count()) > 0) await operation.typed(page).fill('Recarregada Dois');
  await mergePage.merge(page).click();
  await expect(operation.done(page)).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/\/activity\/[0-9a-f-]{36}$/);
  await expect(operation.done(page)).toBeVisible();
  await expect(operation.undo(page)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open Recarregada Um' })).toBeVisible();
});

test('persons.merge: a person is never merged into itself', async ({ page, open, omni }) => {
  await omni.clearCalls();
  for (const id of [JOAO, JOAO.toUpperCase()]) {
    await open(mergePage.path(JOAO, id));
    await expect(page.getByRole('main').getByRole('alert')).toContainText('These are the same person');
  }
  expect(await mergesSent(omni)).toEqual([]);
  await open(personPage.path(JOAO));
  await expect(personPage.heading(page)).toHaveText('João Silva');
});
