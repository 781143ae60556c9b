import { operation } from '../pom/operations.ts';
import { makePeople } from '../fixtures/people.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';
import { expect, test } from '../fixtures/test.ts';

const PERSON = 'dddddd07-0000-4000-8000-000000000007';
const OTHER = 'dddddd01-0000-4000-8000-000000000001';

test('persons.edit: a phone is edited in place, stored as E.164, and undone from the toast', async ({ page, open }) => {
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  const before = await page.getByRole('textbox', { name: 'Phone' }).inputValue();
  const phone = page.getByRole('textbox', { name: 'Phone' });
  await phone.fill('96666-5555');
  await expect(page.getByText('The area code is missing in “96666-5555”.')).toBeVisible();
  await phone.fill('47 96666 5555');
  await expect(page.getByText('Will be stored as (47) 96666-5555')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(shell.toast(page, 'Phone changed to (47) 96666-5555')).toBeVisible();
  await expect(personPage.part(page, 'Details').getByText('(47) 96666-5555', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit Phone' })).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue(before);
});

test('persons.edit: an email of somebody else becomes an offer to open, merge or save it anyway', async ({
  page,
  open,
  omni,
}) => {
  const email = `Familia.${Date.now()}@exemplo.com`;
  const [ana, bia] = await makePeople(omni, {}, { name: 'Quem Tem o E-mail', email });
  if (!ana || !bia) throw new Error('nobody');
  await open(personPage.path(ana.id));
  await page.getByRole('button', { name: 'Edit Email' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(email.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Quem Tem o E-mail has this email too');
  await expect(page.getByRole('link', { name: 'Merge the two' })).toHaveAttribute('href', new RegExp(bia.id));
  await page.getByRole('button', { name: 'Save anyway' }).click();
  await expect(shell.toast(page, `Email changed to ${email.toLowerCase()}`)).toBeVisible();
});

test('persons.edit: a phone of somebody else becomes an offer to open or merge them', async ({ page, open }) => {
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  await page.getByRole('textbox', { name: 'Phone' }).fill('11 98765-4321');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This number already belongs to');
  await expect(page.getByRole('link', { name: 'Merge the two' })).toHaveAttribute('href', /\/persons\/merge\?into=/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveCount(0);
});

for (const [what, field, typed, sentence] of [
  ['a text', 'Phone', 'call me', 'isn’t a phone number'],
  ['no name', 'Name', '   ', 'Omni can’t clear a name'],
  ['half an email', 'Email', 'joao@', 'This isn’t an email address'],
  ['a script', 'Picture', 'javascript:alert(1)', 'Only addresses that start with https://'],
] as const) {
  test(`persons.edit: ${what} as ${field} is refused with a reason and loses nothing`, async ({ page, open }) => {
    await open(personPage.path(OTHER));
    await page.getByRole('button', { name: `Edit ${field}` }).click();
    const input = page.getByRole('textbox', { name: field });
    await input.fill(typed);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('main').getByRole('alert').filter({ hasText: sentence })).toBeVisible();
    await expect(input).toHaveValue(typed);
  });
}

for (const status of [409, 500]) {
  test(`persons.edit: a phone that somebody took meanwhile (Omni says ${status}) is an offer, and what was typed survivor`, async ({
    page,
    open,
    omni,
  }) => {
    const phone = `+55219${String(Date.now()).slice(-8)}`;
    const [ana, bia] = await makePeople(omni, {}, { name: 'Quem Tomou o Número' });
    if (!ana || !bia) throw new Error('nobody');
    await open(personPage.path(ana.id));
    await page.getByRole('button', { name: 'Edit Phone' }).click();
    await page.getByRole('textbox', { name: 'Phone' }).fill(phone);
    await omni.fault({
      kind: 'write',
      method: 'PATCH',
      path: '/persons/',
      sql: 'UPDATE persons SET primary_phone = ? WHERE id = ?',
      params: [phone, bia.id],
    });
    if (status === 500) await omni.fault({ kind: 'status', status: 500, method: 'PATCH', path: '/persons/' });
    await page.getByRole('button', { name: 'Save' }).click();
    // After a 500 the console reads after 1, 3 and 10 seconds whether the write arrived.
    await expect(page.getByText('This number already belongs to Quem Tomou o Número')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('link', { name: 'Merge the two' })).toHaveAttribute('href', new RegExp(bia.id));
    await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue(phone);
  });
}

test.describe('with a key that only reads', () => {
  test.use({ as: 'viewer' });

  test('person page: nothing can be edited, and each control names the missing permission', async ({ page, open }) => {
    await open(personPage.path(OTHER));
    const edit = page.getByRole('button', { name: 'Edit Phone' });
    await expect(edit).toHaveAccessibleDescription('Needs persons:write');
    await edit.click({ force: true });
    await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Merge…' })).toHaveCount(0);
    await open(personsPage.path);
    await expect(personsPage.rows(page).first()).toBeVisible();
    await expect(page.getByRole('checkbox', { name: /^Select/ })).toHaveCount(0);
    await expect(personsPage.table(page).getByRole('columnheader', { name: 'Name' })).toBeVisible();
    await expect(personsPage.table(page).getByRole('columnheader').first()).toHaveAccessibleName('Name');
  });

  test('persons.merge: a forged page is refused by the console', async ({ page, open }) => {
    await open('/persons/merge?into=dddddd01-0000-4000-8000-000000000001&from=dddddd02-0000-4000-8000-000000000002');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('persons:write');
    await expect(operation.done(page)).toHaveCount(0);
  });
});
