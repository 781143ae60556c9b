import { expect, test } from '../fixtures/test.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';

const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const UNKNOWN = '7b0f1c2d-3e4f-4a5b-8c6d-7e8f90a1b2c3';

test('person page: an unknown id answers 404 with a sentence', async ({ page, open }) => {
  const answer = page.waitForResponse((response) => response.url().endsWith(UNKNOWN));
  await open(personPage.path(UNKNOWN));
  expect((await answer).status()).toBe(404);
  await expect(page.getByRole('main')).toContainText('Person not found');
  await expect(page.getByRole('main')).toContainText(/merged into another/);
  await expect(shell.room(page, 'People')).toBeVisible();
});

const NO_IDS = [
  '1',
  'null',
  'ffffffff-ffff-ffff-ffff-fffffffffff',
  "1' OR '1'='1",
  '%00',
  '..%2f..%2fkeys',
  '💥',
  'a'.repeat(3000),
];

for (const id of NO_IDS) {
  test(`"${id.slice(0, 40)}" is no id: a sentence, no call to Omni, no error`, async ({ page, open }) => {
    await open(personPage.path(id.includes('%') ? id : encodeURIComponent(id)));
    await expect(page.getByRole('main')).toContainText(/Part of the address is missing or wrong|Page not found/);
  });
}

test('person page: an id with braces or a space around it leads to its person', async ({ page, open }) => {
  for (const around of ['%7BID%7D', 'ID%20']) {
    await open(personPage.path(around.replace('ID', JOAO)));
    await expect(page.getByRole('main')).toContainText('something extra around the ID');
    await page.getByRole('link', { name: 'Open the right address' }).click();
    await expect(page).toHaveURL(personPage.path(JOAO));
    await expect(personPage.heading(page)).toHaveText(/João Silva/);
  }
});

test('the way back leads to the people', async ({ page, open }) => {
  await open(personPage.path('1'));
  await page.getByRole('link', { name: 'Go to People' }).click();
  await expect(personsPage.heading(page)).toBeVisible();
});

test('upper-case ids are ids', async ({ page, open }) => {
  await open(personsPage.path);
  await personsPage.search(page).fill('João Silva');
  await personsPage.person(page, 'João Silva').click();
  await expect(personPage.heading(page)).toHaveText(/João Silva/);
  // The head is shown from the row, before the address is the person's.
  await expect(page).toHaveURL(/\/persons\/[0-9a-f-]{36}$/);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await open(personPage.path(id.toUpperCase()));
  await expect(personPage.heading(page)).toHaveText(/João Silva/);
});
