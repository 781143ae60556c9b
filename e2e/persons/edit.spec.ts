import { operation } from '../pom/operations.ts';
import { makePeople } from '../fixtures/people.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { expect, test } from '../fixtures/test.ts';

const PERSON = 'dddddd07-0000-4000-8000-000000000007';
const OTHER = 'dddddd01-0000-4000-8000-000000000001';

test('a phone is edited where it stands, stored as E.164, and taken back from the toast', async ({ page, open }) => {
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  const before = await page.getByRole('textbox', { name: 'Phone' }).inputValue();
  await page.getByRole('textbox', { name: 'Phone' }).fill('(47) 96666-5555');
  await page.keyboard.press('Enter');
  await expect(page.getByText('+55 47 96666 5555')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit Phone' })).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue(before);
});

test('a phone of somebody else becomes an offer to open or join them', async ({ page, open }) => {
  await open(personPage.path(PERSON));
  await page.getByRole('button', { name: 'Edit Phone' }).click();
  await page.getByRole('textbox', { name: 'Phone' }).fill('11 98765-4321');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This number already belongs to');
  await expect(page.getByRole('link', { name: 'Join the two' })).toHaveAttribute('href', /\/persons\/merge\?survivor=/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveCount(0);
});

for (const [what, field, typed, sentence] of [
  ['a text', 'Phone', 'call me', 'is not a telephone number'],
  ['no name', 'Name', '   ', 'Omni cannot clear a name'],
  ['half an e-mail', 'E-mail', 'joao@', 'This is not an e-mail address'],
  ['a script', 'Picture', 'javascript:alert(1)', 'Only addresses that start with https://'],
] as const) {
  test(`${what} as ${field} gets a sentence and loses nothing`, async ({ page, open }) => {
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
  test(`a phone that somebody took meanwhile (Omni says ${status}) is an offer, and what was typed survivor`, async ({
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
    // After a 500 the console looks at 1, 3 and 10 seconds whether the write arrived.
    await expect(page.getByText('This number already belongs to Quem Tomou o Número')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('link', { name: 'Join the two' })).toHaveAttribute('href', new RegExp(bia.id));
    await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue(phone);
  });
}

test.describe('with a key that only reads', () => {
  test.use({ as: 'viewer' });

  test('nothing can be changed, and each control says which right is missing', async ({ page, open }) => {
    await open(personPage.path(OTHER));
    const edit = page.getByRole('button', { name: 'Edit Phone' });
    await expect(edit).toHaveAccessibleDescription('Your key lacks persons:write');
    await edit.click({ force: true });
    await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Join with…' })).toHaveCount(0);
    await open(personsPage.path);
    await expect(personsPage.rows(page).first()).toBeVisible();
    await expect(page.getByRole('checkbox', { name: /^Choose/ })).toHaveCount(0);
    await expect(personsPage.table(page).getByRole('columnheader', { name: 'Name' })).toBeVisible();
    await expect(personsPage.table(page).getByRole('columnheader', { name: 'Choose' })).toHaveCount(0);
  });

  test('a forged merge page is refused by the console, not by luck', async ({ page, open }) => {
    await open('/persons/merge?into=dddddd01-0000-4000-8000-000000000001&from=dddddd02-0000-4000-8000-000000000002');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('persons:write');
    await expect(operation.done(page)).toHaveCount(0);
  });
});
