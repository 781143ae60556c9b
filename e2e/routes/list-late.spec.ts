import { holdCalls } from '../fixtures/held-calls.ts';
import { expect, test } from '../fixtures/test.ts';
import { listTools } from '../pom/list-tools.ts';
import { routesPage } from '../pom/routes/routes.ts';

// The next test of this worker begins with a small world again.
test.afterEach(({ omni }) => omni.reset({ persons: 500, seed: 1 }));

test('routes list: the file says that rows may be missing where names could not be read', async ({
  page,
  open,
  omni,
  smallWorld,
  signInAnew,
}) => {
  await smallWorld();
  await open('/routes');
  await omni.fault({ kind: 'status', status: 500, path: '/(chats|persons)(/|\\?|$)', times: null });
  await signInAnew();
  const file = await page.request.get('/routes/export?q=helena');
  await omni.clearFaults();
  const lines = (await file.text()).trim().split('\r\n');
  expect(file.status() === 502 || lines.slice(1).some((line) => /may be missing/i.test(line))).toBe(true);
});

test('routes list: while names are read a search counts “so far”, and not all rows can be selected', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  // Loaded late: the console's own code loads in workers only.
  const { manyInstances } = await import('#lib/routes/testing/bed.ts');
  await smallWorld();
  await omni.rateLimit(100_000);
  const { chats, ...rows } = manyInstances(2, 200);
  // A letter that no id and no handle has, so that only names fit.
  await omni.rows({ ...rows, chats: chats.map((chat) => ({ ...chat, name: chat.name.replace(' ', ' z') })) });
  const release = await holdCalls(page, '**/api/lookup/route-names?*');
  await open('/routes?instance=11111111-1111-4111-8111-111111111111');
  await listTools.unset(page, 'Instance').click();
  await routesPage.search(page).fill('grupo z19');
  await expect(page).toHaveURL(/[?&]q=grupo/);
  await expect(routesPage.rows(page).first()).toBeVisible();
  await expect(routesPage.count(page)).toHaveText(/^\d+ so far$/);
  await expect(page.getByRole('checkbox', { name: /can be selected once they are loaded/ })).toBeDisabled();
  const said = await routesPage.count(page).evaluateHandle((status) => {
    const texts: string[] = [];
    const options = { childList: true, characterData: true, subtree: true };
    new MutationObserver(() => texts.push(status.textContent ?? '')).observe(status, options);
    return texts;
  });
  release();
  // Grupo z19, and those from 190 to 199, as far as they are chats (two of three are), on two instances.
  await expect(routesPage.count(page)).toHaveText('16 of 412');
  const counts = (await said.jsonValue()).filter((text) => text !== '' && !/so far/.test(text));
  expect([...new Set(counts)]).toEqual(['16 of 412']);
});

test('routes list: rows that come late are sorted in while nobody scrolls or selects', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  await omni.fault({ kind: 'latency', ms: 3000, path: '/instances/33333333[^/]*/routes$', times: 1 });
  const release = await holdCalls(page, '**/api/lookup/routes?*');
  await open('/routes?sort=label');
  await expect(routesPage.count(page)).toHaveText(/so far$/);
  release();
  await expect(routesPage.count(page)).toHaveText('12');
  await expect(page.getByText(/came late/)).toHaveCount(0);
  const labels = await routesPage
    .rows(page)
    .getByRole('cell')
    .filter({ hasText: /^(?!–$)/ })
    .evaluateAll((cells) =>
      cells.filter((cell) => cell.getAttribute('data-column') === 'label').map((cell) => cell.textContent ?? ''),
    );
  expect(labels.length).toBeGreaterThan(2);
  expect(labels).toEqual(labels.toSorted((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })));
});
