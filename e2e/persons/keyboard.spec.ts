import { tabTo } from '../fixtures/keyboard.ts';
import { holderOf, makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';

test('people: found, opened, edited, merged, undone, one identity linked and one unlinked, by keyboard alone', async ({
  page,
  open,
  omni,
}) => {
  const [ana, double, other] = await makePeople(
    omni,
    { name: 'Teclada Alves', phone: `+551197${String(Date.now()).slice(-7)}`, identities: 2 },
    { name: 'Teclada Duplicada' },
    { name: 'Teclada Destino' },
  );
  if (!ana || !double || !other) throw new Error('nobody');
  const press = (key: string) => page.keyboard.press(key);
  const done = async () => expect(operation.done(page)).toBeVisible();
  // Found and opened.
  await open('/persons');
  await press('/');
  await expect(personsPage.search(page)).toBeFocused();
  await page.keyboard.type('teclada alves');
  await expect(personsPage.person(page, 'Teclada Alves')).toBeVisible();
  await tabTo(page, /Teclada Alves/, 'link');
  await press('Enter');
  await expect(page).toHaveURL(new RegExp(`/persons/${ana.id}$`));
  // Edited.
  await tabTo(page, 'Edit Email', 'button');
  await press('Enter');
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused();
  await page.keyboard.type('teclada@example.com');
  await press('Enter');
  await expect(personPage.part(page, 'Details')).toContainText('teclada@example.com');
  // Merged, and undone.
  await tabTo(page, 'Merge…', 'link');
  await press('Enter');
  await expect(page).toHaveURL(/\/persons\/merge\?into=/);
  await tabTo(page, /same person as/, 'combobox');
  await page.keyboard.type('teclada duplicada');
  await expect(page.getByRole('option', { name: /Teclada Duplicada/ })).toBeVisible();
  await press('ArrowDown');
  await press('Enter');
  await tabTo(page, /^Type “/, 'textbox');
  await page.keyboard.type('teclada duplicada');
  await tabTo(page, 'Merge into Teclada Alves', 'button');
  await press('Enter');
  await done();
  expect(await holderOf(omni, double.identities[0] ?? '')).toBe(ana.id);
  await tabTo(page, 'Undo', 'button');
  await press('Enter');
  await tabTo(page, 'Undo this change', 'button');
  await press('Enter');
  await expect.poll(() => holderOf(omni, double.identities[0] ?? '')).not.toBe(ana.id);
  await done();
  await tabTo(page, 'Open Teclada Alves', 'link');
  await press('Enter');
  await expect(page).toHaveURL(new RegExp(`/persons/${ana.id}$`));
  // One identity linked to somebody else.
  await tabTo(page, /^Actions for /, 'button');
  await press('Enter');
  await expect(personPage.item(page, 'Link to another person…')).toBeVisible();
  while (!(await personPage.item(page, 'Link to another person…').evaluate((one) => one === document.activeElement)))
    await press('ArrowDown');
  await press('Enter');
  await expect(page).toHaveURL(/\/persons\/link\?from=/);
  await tabTo(page, /belong to/, 'combobox');
  await page.keyboard.type('teclada destino');
  await expect(page.getByRole('option', { name: /Teclada Destino/ })).toBeVisible();
  await press('ArrowDown');
  await press('Enter');
  await tabTo(page, 'Link to Teclada Destino', 'button');
  await press('Enter');
  await done();
  const held = await Promise.all(ana.identities.map((id) => holderOf(omni, id)));
  expect(held.toSorted()).toEqual([ana.id, other.id].toSorted());
  // Unlinked from there.
  await tabTo(page, 'Open Teclada Destino', 'link');
  await press('Enter');
  await expect(personPage.heading(page)).toHaveText('Teclada Destino');
  await tabTo(page, /^Actions for /, 'button');
  await press('Enter');
  await expect(personPage.item(page, 'Unlink…')).toBeVisible();
  while (!(await personPage.item(page, 'Unlink…').evaluate((one) => one === document.activeElement)))
    await press('ArrowDown');
  await press('Enter');
  await expect(page.getByLabel('Name of the new person')).toBeFocused();
  await page.keyboard.type('Teclada Nova');
  await expect(page.getByText('Name of the new person: Teclada Nova')).toBeVisible();
  await tabTo(page, 'Unlink identity', 'button');
  await press('Enter');
  await done();
  const [fresh] = await omni.sql("SELECT COUNT(*) AS n FROM persons WHERE display_name = 'Teclada Nova'");
  expect(Number(fresh?.n)).toBe(1);
});
