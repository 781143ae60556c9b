import { smallWorld } from '../fixtures/small-world.ts';
import { expect, test } from '../fixtures/test.ts';
import { routesPage } from '../pom/routes/routes.ts';

// The next test of this worker begins with a small world again.
test.afterEach(({ omni }) => omni.reset({ persons: 500, seed: 1 }));

const MOST_BYTES = 310_000;

test('routes list: 2,000 routes of 40 instances come once, with the page, in few bytes', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  // Loaded late: the console's own code loads in workers only.
  const { manyInstances } = await import('#lib/routes/testing/bed.ts');
  await smallWorld(context, web, omni);
  await omni.rateLimit(1000);
  await omni.rows(manyInstances(40, 50));
  const bytes: { path: string; size: number }[] = [];
  const asked: Promise<void>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname !== '/routes' && !pathname.startsWith('/api/lookup/')) return;
    // What a page asked for that was left has no body any more.
    const body = response.body().catch(() => '');
    asked.push(body.then(({ length }) => void bytes.push({ path: pathname, size: length })));
  });
  // A page that had to be sent before all instances answered leaves the rest to a lookup: on a busy machine, not on the next try.
  await expect(async () => {
    bytes.length = 0;
    asked.length = 0;
    await open('/routes');
    await expect(routesPage.table(page)).toHaveAttribute('aria-busy', 'false');
    await expect(routesPage.count(page)).toHaveText('2,012');
    await expect(routesPage.rows(page)).toHaveCount(2012);
    await expect(page.getByRole('checkbox', { name: 'Select first 500 of 2,012' })).toBeVisible();
    await Promise.all(asked);
    expect(bytes.map(({ path }) => path)).not.toContain('/api/lookup/routes');
  }).toPass();
  const sum = bytes.reduce((all, { size }) => all + size, 0);
  expect(sum, bytes.map(({ path, size }) => `${path} ${size}`).join(', ')).toBeLessThan(MOST_BYTES);
});
