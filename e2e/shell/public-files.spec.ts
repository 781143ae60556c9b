import { expect, test } from '../fixtures/test.ts';

const FILES = {
  '/icon.svg': 'image/svg+xml',
  '/favicon.ico': 'image/x-icon',
  '/apple-icon.png': 'image/png',
  '/site.webmanifest': 'application/manifest+json',
  '/robots.txt': 'text/plain',
} as const;

test.use({ as: 'nobody' });

for (const [path, type] of Object.entries(FILES)) {
  test(`public/: ${path} is answered with its own type, also signed out`, async ({ page }) => {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-type']?.split(';')[0]).toBe(type);
    expect(await answer.text()).not.toMatch(/<html|<!doctype/i);
  });
}

test('public/: the sign-in page names its icons and its manifest', async ({ page, open }) => {
  await open('/login');
  const linked = await page.evaluate(() =>
    [
      ...document.head.querySelectorAll<HTMLLinkElement>(
        'link[rel~="icon"], link[rel="apple-touch-icon"], link[rel="manifest"]',
      ),
    ].map(({ rel, href }) => `${rel} ${new URL(href).pathname}`),
  );
  expect(linked.toSorted()).toEqual([
    'apple-touch-icon /apple-icon.png',
    'icon /favicon.ico',
    'icon /icon.svg',
    'manifest /site.webmanifest',
  ]);
});
