import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { A_FEW, crawl, EVERYWHERE, leaks, listenTo, type HeardText } from './crawl.ts';
import { startDevelopment } from '../fixtures/servers/development.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({ as: 'nobody' });

/** The store and whatever stands beside it, as bytes. */
function stored(storeFile: string): HeardText {
  const folder = dirname(storeFile);
  return readdirSync(folder).map((name) => ({ place: name, text: readFileSync(join(folder, name), 'latin1') }));
}

function logged(lines: readonly string[]): HeardText {
  return lines.map((text) => ({ place: `log: ${text.slice(0, 80)}`, text }));
}

/** The keys that see most and least; all of them in soak. */
const KEYS = process.env.SOAK ? (['admin', 'support', 'viewer', 'narrow'] as const) : (['admin', 'narrow'] as const);

for (const name of KEYS) {
  test(`leak of the API key in production: the ${name} key is in nothing a browser gets, no log and no store`, async ({
    page,
    context,
    sandbox,
    web,
  }) => {
    const key = sandbox.keys[name] ?? '';
    const { heard, settled } = listenTo(context);
    await crawl(page, heard, key, web.origin, EVERYWHERE);
    await settled();
    expect(heard.length).toBeGreaterThan(60);
    expect(leaks(heard, key)).toEqual([]);
    expect(leaks(logged(web.lines), key)).toEqual([]);
    expect(leaks(stored(web.env.STORE_FILE ?? ''), key)).toEqual([]);
    expect(heard.filter(({ text }) => /\bkeyHash\b/.test(text)).map(({ place }) => place)).toEqual([]);
  });
}

test('leak of the API key in next dev: the key is in nothing a browser gets and in no log', async ({
  browser,
  sandbox,
}) => {
  const development = await startDevelopment(sandbox.url);
  try {
    const context = await browser.newContext({ locale: 'en-US' });
    const { heard, settled } = listenTo(context);
    const way = process.env.SOAK ? EVERYWHERE : A_FEW;
    await crawl(await context.newPage(), heard, sandbox.keys.admin, development.origin, way);
    console.log(`next dev: ${heard.length} pieces heard, ${way.paths.length} addresses`);
    await settled();
    expect(leaks(heard, sandbox.keys.admin)).toEqual([]);
    expect(leaks(logged(development.lines), sandbox.keys.admin)).toEqual([]);
    await context.close();
  } finally {
    await development.stop();
  }
});

test('leak of the API key: the search finds a key whatever its form', () => {
  const key = 'omni_sk_DemoAdmin00000000000000000000000';
  const everywhere = [key, key.slice(8), btoa(key), `?key=${encodeURIComponent(key)}`];
  expect(
    leaks(
      everywhere.map((text, index) => ({ place: String(index), text })),
      key,
    ),
  ).toEqual(['0', '1', '2', '3']);
  expect(leaks([{ place: 'nowhere', text: 'omni_sk_' }], key)).toEqual([]);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('sign-in: the form puts nothing into the address', async ({ page, sandbox, web }) => {
    const key = sandbox.keys.support;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url() + (request.postData() ?? '')));
    await page.goto('/login');
    await page.getByLabel('API key').fill(key);
    await page.getByLabel('Your name').fill('Ana');
    await page.getByLabel('API key').press('Enter');
    await page.getByLabel('Your name').press('Enter');
    await page
      .getByRole('button', { name: 'Sign in' })
      .click({ force: true, timeout: 2000 })
      .catch(() => undefined);
    expect(page.url()).toBe(`${web.origin}/login`);
    expect(asked.filter((text) => text.includes(key))).toEqual([]);
    // Playwright never looks into <noscript>; what the page renders does.
    expect(await page.getByRole('main').innerText()).toContain('Signing in needs JavaScript');
  });
});
