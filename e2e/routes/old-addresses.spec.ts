import { expect, test } from '../fixtures/test.ts';

const INSTANCE = '11111111-1111-4111-8111-111111111111';

/** Addresses of before, and where they lead. */
const MOVED = [
  ['/routes/hygiene?reason=agent-off', '/routes/health?reason=agent-off'],
  [`/routes/probes?instance=${INSTANCE}`, `/routes/tests?instance=${INSTANCE}`],
] as const;

for (const [was, is] of MOVED) {
  test(`old address ${was} leads to ${is}, and its file to today's`, async ({ page, open }) => {
    await open(was);
    await expect(page).toHaveURL(is);
    const [path, query] = was.split('?');
    const file = await page.request.get(`${path}/export?${query}`);
    expect(new URL(file.url()).pathname).toBe(`${is.split('?')[0]}/export`);
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  });
}

test.describe('old addresses, signed out', () => {
  test.use({ as: 'nobody' });

  for (const [was, is] of MOVED) {
    test(`${was} leads to the sign-in page and then to ${is}`, async ({ page }) => {
      await page.goto(was);
      await expect(page).toHaveURL(/\/login\?/);
      expect(new URL(page.url()).searchParams.get('next')).toBe(is);
    });
  }
});
