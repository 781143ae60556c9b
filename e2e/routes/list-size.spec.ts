import { expect, test } from '../fixtures/test.ts';
import { routesPage } from '../pom/routes/routes.ts';

// The next test of this worker begins with a small world again.
test.afterEach(({ omni }) => omni.reset({ persons: 500, seed: 1 }));

const MOST_BYTES = 310_000;

test('routes list: 2,000 routes of 40 instances come once, with the page, in few bytes', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  // Loaded late: the console's own code loads in workers only.
  const { manyInstances } = await import('#lib/routes/testing/bed.ts');
  await smallWorld();
  await omni.rateLimit(100_000);
  await omni.rows(manyInstances(40, 50));
  let asked: Promise<{ path: string; size: number }>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname !== '/routes' && !pathname.startsWith('/api/lookup/')) return;
    // What a page asked for that was left has no body any more.
    const body = response.body().catch(() => '');
    asked.push(body.then(({ length }) => ({ path: pathname, size: length })));
  });
  // A page that had to be sent before all instances answered leaves the rest to a lookup. What was late is read on and kept for 15 s:
  // on a busy machine the page is asked for without being drawn first, which may take longer than that.
  let bytes: { path: string; size: number }[] = [];
  await expect(async () => {
    await page.request.get('/routes');
    await page.request.get('/routes');
    asked = [];
    await open('/routes');
    await expect(routesPage.table(page)).toHaveAttribute('aria-busy', 'false');
    await expect(routesPage.count(page)).toHaveText('2,012');
    // Counted in the page: asked by role, two thousand rows would keep it from drawing them.
    const drawn = () => routesPage.table(page).evaluate((table) => table.querySelectorAll('[role=switch]').length);
    await expect.poll(drawn, { timeout: 120_000 }).toBe(2012);
    await expect(page.getByRole('checkbox', { name: 'Select first 500 of 2,012' })).toBeVisible();
    bytes = await Promise.all(asked);
    expect(bytes.map(({ path }) => path)).not.toContain('/api/lookup/routes');
  }).toPass();
  const sum = bytes.reduce((all, { size }) => all + size, 0);
  expect(sum, bytes.map(({ path, size }) => `${path} ${size}`).join(', ')).toBeLessThan(MOST_BYTES);
});
