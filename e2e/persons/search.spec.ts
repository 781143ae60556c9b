import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { personsPage } from '../pom/persons.ts';

/** Everything the page says of its search from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.evaluateHandle(() => {
    const all: string[] = [];
    new MutationObserver(() => all.push(document.querySelector('main')?.textContent ?? '')).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return all;
  });
  return () => said.jsonValue();
}

test('people search: “no results” never stands before a search was sent', async ({ page, open }) => {
  await open('/persons');
  const said = await listen(page);
  await personsPage.search(page).pressSequentially('Silva');
  await expect(personsPage.status(page)).toHaveText(/^\d+$/);
  expect((await said()).filter((text) => /No results/.test(text))).toEqual([]);
});

test('people search: typing on aborts the calls before at Omni; first hits come while others are still searched', async ({
  page,
  open,
  omni,
}) => {
  await open('/persons');
  await omni.clearCalls();
  const slow = { kind: 'hold', method: 'GET', path: '/persons$', query: 'search=' } as const;
  await omni.fault({ ...slow, times: 2 });
  await personsPage.search(page).pressSequentially('joao');
  await expect.poll(async () => (await omni.faults()).items.map(({ fired }) => fired)).toEqual([2]);
  await omni.fault({ ...slow, times: 1 });
  await personsPage.search(page).pressSequentially(' silva');
  await expect.poll(async () => (await omni.calls()).items.filter(({ status }) => status === 0).length).toBe(2);
  await expect(personsPage.rows(page).first()).toBeVisible();
  await expect(personsPage.status(page)).toHaveText(/so far$/);
});

test('people search: a name keeps its room beside where they are blocked and why they were found', async ({
  page,
  open,
  smallWorld,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await smallWorld();
  await open('/persons?q=silva');
  const row = personsPage.rows(page).filter({ hasText: 'Matches similar name' }).filter({ hasText: 'Blocked on' });
  await expect(row.first()).toBeVisible();
  const cut = await row.getByRole('link').evaluateAll((links) =>
    // Eighteen letters and more: a longer name may be cut, since its badge says where it is blocked.
    links.filter((link) => link.clientWidth < Math.min(link.scrollWidth, 120)).map((link) => link.textContent),
  );
  expect(cut).toEqual([]);
});

test.describe('in Portuguese', () => {
  test.use({ locale: 'pt-BR', viewport: { width: 1440, height: 900 } });

  test('people list: dates fit their column', async ({ page, open }) => {
    await open('/persons');
    const dates = page.getByRole('table', { name: 'Pessoas' }).getByRole('cell', { name: / de \d{4}$/ });
    await expect(dates.first()).toBeVisible();
    const over = await dates.evaluateAll((cells) =>
      cells.map((cell) => {
        const text = document.createRange();
        text.selectNodeContents(cell);
        return text.getBoundingClientRect().right - cell.getBoundingClientRect().right;
      }),
    );
    expect(Math.max(...over)).toBeLessThanOrEqual(0);
  });
});
