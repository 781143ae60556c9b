import { operation } from './pom/operations.ts';
import { personPage } from './pom/persons.ts';
import { expect, test } from './fixtures.ts';

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
  await expect(page.getByRole('link', { name: 'Join the two' })).toHaveAttribute('href', /\/persons\/merge\?stays=/);
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

test.describe('with a key that only reads', () => {
  test.use({ as: 'viewer' });

  test('nothing can be changed, and each control says which right is missing', async ({ page, open }) => {
    await open(personPage.path(OTHER));
    const edit = page.getByRole('button', { name: 'Edit Phone' });
    await expect(edit).toHaveAttribute('title', 'Your key lacks persons:write');
    await edit.click({ force: true });
    await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Join with…' })).toHaveCount(0);
  });

  test('a forged merge page is refused by the console, not by luck', async ({ page, open }) => {
    await open('/persons/merge?stays=dddddd01-0000-4000-8000-000000000001&goes=dddddd02-0000-4000-8000-000000000002');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('persons:write');
    await expect(operation.done(page)).toHaveCount(0);
  });
});
