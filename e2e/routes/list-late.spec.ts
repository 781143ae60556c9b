import { signInAnew, smallWorld } from '../fixtures/small-world.ts';
import { expect, test } from '../fixtures/test.ts';
import { listTools } from '../pom/list-tools.ts';
import { routesPage } from '../pom/routes/routes.ts';

test('routes list: the file says that rows may be missing where names could not be read', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  await smallWorld(context, web, omni);
  await open('/routes');
  await omni.fault({ kind: 'status', status: 500, path: '/(chats|persons)(/|\\?|$)', times: null });
  await signInAnew(context, web, omni);
  const file = await page.request.get('/routes/export?q=helena');
  await omni.clearFaults();
  const lines = (await file.text()).trim().split('\r\n');
  expect(file.status() === 502 || lines.slice(1).some((line) => /may be missing/i.test(line))).toBe(true);
});

test('routes list: while names are read a search counts “so far”, and not all rows can be selected', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  // Loaded late: the console's own code loads in workers only.
  const { manyInstances } = await import('#lib/routes/testing/bed.ts');
  await smallWorld(context, web, omni);
  await omni.rateLimit(100_000);
  await omni.rows(manyInstances(2, 200));
  await omni.fault({ kind: 'latency', ms: 300, path: '/chats/[^/]+$', times: null });
  await open('/routes?instance=11111111-1111-4111-8111-111111111111');
  await listTools.unset(page, 'Instance').click();
  await routesPage.search(page).fill('grupo 19');
  await expect(page).toHaveURL(/[?&]q=grupo/);
  const counts = new Set<string>();
  await expect(async () => {
    const text = (await routesPage.count(page).textContent()) ?? '';
    counts.add(text);
    const all = page.getByRole('checkbox', { name: /can be selected once they are loaded/ });
    if (/so far/.test(text) && (await routesPage.rows(page).count()) > 0) await expect(all).toBeDisabled();
    expect(text).toMatch(/^\d+ of \d+$/);
  }).toPass();
  expect([...counts].some((text) => /so far/.test(text))).toBe(true);
  const last = await routesPage.count(page).textContent();
  // Grupo 19, and those from 190 to 199, as far as they are chats (two of three are), on two instances.
  expect([...counts].filter((text) => !/so far/.test(text) && text !== '')).toEqual([last]);
});

test('routes list: rows that come late are sorted in while nobody scrolls or selects', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  await smallWorld(context, web, omni);
  await omni.fault({ kind: 'latency', ms: 3000, path: '/instances/33333333[^/]*/routes$', times: 1 });
  await open('/routes?sort=label');
  await expect(routesPage.count(page)).toHaveText(/so far$/);
  await expect(routesPage.count(page)).toHaveText('12');
  await expect(page.getByText(/came late/)).toHaveCount(0);
  const labels = await routesPage
    .rows(page)
    .getByRole('cell')
    .filter({ hasText: /^(?!.*No label)/ })
    .evaluateAll((cells) =>
      cells.filter((cell) => cell.getAttribute('data-column') === 'label').map((cell) => cell.textContent ?? ''),
    );
  expect(labels.length).toBeGreaterThan(2);
  expect(labels).toEqual(labels.toSorted((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })));
});
