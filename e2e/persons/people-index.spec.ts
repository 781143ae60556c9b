import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { personsPage } from '../pom/persons.ts';
import { picker } from '../pom/picker.ts';

/** A word of letters that no other test has: a digit would make it no name. */
const ownWord = (start: string) =>
  start + String(Date.now()).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
const asOf = /people as of \d/;

test.beforeEach(({ smallWorld }) => smallWorld());

test('people: who has no email, in the order of names, with their number; and everybody again', async ({
  page,
  open,
  omni,
}) => {
  await open('/persons?without=email&sort=name');
  await expect(page.getByText(asOf)).toBeVisible();
  const [row] = await omni.sql<{ count: number }>(
    `SELECT count(*) AS count FROM persons WHERE coalesce(trim(primary_email), '') = ''`,
  );
  await expect(page.getByRole('main').getByRole('status').first()).toHaveText(`20 of ${row?.count}`);
  const names = await personsPage.rows(page).getByRole('link').allTextContents();
  const plain = names
    .filter((name) => name !== 'No name')
    .map((name) => name.normalize('NFKD').replaceAll(/\p{M}/gu, ''));
  expect(plain).toEqual(plain.toSorted((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)));
  await expect(page.getByRole('navigation', { name: 'People' }).getByRole('link', { name: 'All' })).toHaveText(
    /All\d+/,
  );
  await page.getByRole('button', { name: 'Remove filter Has no' }).click();
  await page.waitForURL((url) => !url.searchParams.has('without'));
});

test('people search: those at hand stand there while Omni still searches, and keep their place', async ({
  page,
  open,
  omni,
}) => {
  const word = ownWord('Zulmira');
  await makePeople(omni, { name: `${word} Um` }, { name: `${word} Dois` });
  await open('/persons?sort=name');
  await expect(page.getByText(asOf)).toBeVisible();
  const held = await omni.fault({ kind: 'hold', method: 'GET', path: '/persons$', query: 'search=', times: null });
  await personsPage.search(page).fill(word);
  await expect(personsPage.rows(page)).toHaveCount(2);
  await expect(personsPage.status(page)).toHaveText(/so far$/);
  const before = await personsPage.rows(page).getByRole('link').allTextContents();
  await omni.clearFault(held.id);
  await expect(personsPage.status(page)).toHaveText('2');
  expect(await personsPage.rows(page).getByRole('link').allTextContents()).toEqual(before);
  await personsPage.search(page).fill(`${word.slice(0, 3)}x${word.slice(3)}`);
  await expect(personsPage.rows(page)).toHaveCount(2);
  await expect(page.getByText('Matches similar name').first()).toBeVisible();
});

test('people search: an Omni that fails leaves those at hand, and says what was not searched', async ({
  page,
  open,
  omni,
}) => {
  const word = ownWord('Quirino');
  await makePeople(omni, { name: `${word} Um` });
  await open('/persons?sort=name');
  await expect(page.getByText(asOf)).toBeVisible();
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: '/persons$', query: 'search=', times: null });
  await personsPage.search(page).fill(word);
  await expect(page.getByRole('alert').filter({ hasText: 'Handles and chats were not searched' })).toBeVisible();
  await expect(personsPage.rows(page)).toHaveCount(1);
  await omni.clearFaults();
  await picker.again(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'were not searched' })).toHaveCount(0);
});

test('persons.merge: where Omni fails, the picker offers those at hand, says that not everything was searched, and tries again', async ({
  page,
  open,
  omni,
}) => {
  const word = ownWord('Quirina');
  await makePeople(omni, { name: `${word} Um` });
  await open('/persons?sort=name');
  await expect(page.getByText(asOf)).toBeVisible();
  await open('/persons/merge');
  await expect(picker.options(page).first()).toBeVisible();
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: '/persons$', query: 'search=', times: null });
  await picker.field(page, 'Which record is kept?').fill(word);
  await expect(page.getByText('Couldn’t search everything.', { exact: true })).toBeVisible();
  await expect(picker.options(page)).toHaveCount(1);
  await omni.clearFaults();
  await picker.again(page).click();
  await expect(page.getByText('Couldn’t search everything.', { exact: true })).toHaveCount(0);
  await expect(picker.option(page, new RegExp(word))).toBeVisible();
});

test('people search: a key that Omni refuses gets nobody at hand either', async ({ page, open, omni }) => {
  await open('/persons?sort=name');
  await expect(page.getByText(asOf)).toBeVisible();
  await omni.fault({ kind: 'status', status: 403, method: 'GET', path: '/persons$', times: null });
  await personsPage.search(page).fill('Silva');
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(personsPage.rows(page)).toHaveCount(0);
});

test('people: the reading of the directory is shown, stopped and continued', async ({ page, open, omni }) => {
  await omni.fault({ kind: 'latency', ms: 400, method: 'GET', path: '/persons$', times: null });
  await open('/persons?without=phone');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/^Stopped after \d+ people\.$/)).toBeVisible();
  await omni.clearFaults();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(asOf)).toBeVisible();
});

test('people search: whoever types while the directory comes to its end types on, in the same page', async ({
  page,
  open,
  omni,
}) => {
  await omni.fault({ kind: 'latency', ms: 200, method: 'GET', path: '/persons$', times: null });
  await open('/persons');
  const again: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() || request.headers().rsc) again.push(request.url());
  });
  await personsPage.search(page).focus();
  const words = 'maria silva souza pereira lima costa';
  let typed = '';
  while (!(await page.getByText(asOf).isVisible())) {
    const letter = words[typed.length % words.length] ?? 'a';
    await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    typed += letter;
  }
  await page.keyboard.press('z');
  await expect(personsPage.search(page)).toBeFocused();
  await expect(personsPage.search(page)).toHaveValue(`${typed}z`.slice(0, 200));
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === `${typed}z`.slice(0, 200));
  expect(again).toEqual([]);
});

for (const address of [
  '/api/lookup/persons?q=a',
  '/api/lookup/directory',
  '/api/lookup/duplicate?one=dddddd01-0000-4000-8000-000000000001&other=dddddd02-0000-4000-8000-000000000002',
])
  test.describe(() => {
    test(`a forged request without persons:read gets nothing of the directory: ${address.split('?')[0]}`, async ({
      page,
      open,
      context,
      signInAnew,
    }) => {
      await open('/persons?sort=name');
      await expect(page.getByText(asOf)).toBeVisible();
      await signInAnew({ scopes: ['chats:read'] });
      const answer = await page.request.get(address);
      expect(answer.status()).toBe(403);
      expect(await answer.json()).toEqual({ problem: 'forbidden' });
      await context.clearCookies();
      expect((await page.request.get(address)).status()).toBe(401);
    });
  });
