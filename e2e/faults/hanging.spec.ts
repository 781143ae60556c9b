import { expect, test } from '../fixtures/test.ts';

test('a page that needs nothing from Omni opens while thirty others wait for an Omni that hangs', async ({
  page,
  open,
  omni,
}) => {
  await omni.fault({ kind: 'hold', path: '/persons$', times: null });
  let ended = 0;
  const waiting = Array.from({ length: 30 }, async () => {
    const answer = await page.request.get('/persons');
    await answer.body();
    ended += 1;
    return answer.status();
  });
  const asked = async () => (await omni.calls()).items.filter(({ path }) => path.endsWith('/persons')).length;
  await expect.poll(asked).toBeGreaterThan(0);
  await open('/account');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(ended).toBe(0);
  await omni.clearFaults();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([200]));
});
