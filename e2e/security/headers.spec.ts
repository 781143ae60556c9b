import { expect, test } from '../fixtures.ts';

const PAGES = [
  '/persons',
  '/persons?q=Silva',
  '/persons/1',
  '/routes',
  '/keys',
  '/activity',
  '/status',
  '/no-such-page',
];

function directives(policy: string): Map<string, string> {
  return new Map(
    policy.split(';').map((part) => {
      const [name = '', ...rest] = part.trim().split(' ');
      return [name, rest.join(' ')];
    }),
  );
}

for (const path of [...PAGES, '/login']) {
  test(`${path}: a nonce policy without unsafe-inline that the page keeps`, async ({ page, open }) => {
    const answered = page.waitForResponse((response) => response.request().isNavigationRequest());
    await open(path);
    const headers = await (await answered).allHeaders();
    const policy = headers['content-security-policy'] ?? '';
    const rules = directives(policy);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    expect(rules.get('script-src')).toMatch(/'nonce-[A-Za-z0-9+/=]{22,}'/);
    expect(rules.get('style-src')).toMatch(/'nonce-[A-Za-z0-9+/=]{22,}'/);
    expect(rules.get('frame-ancestors')).toBe("'none'");
    expect(rules.get('object-src')).toBe("'none'");
    expect(rules.get('base-uri')).toBe("'none'");
    expect(headers['cache-control']).toContain('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-powered-by']).toBeUndefined();
  });
}

test('each answer has a nonce of its own', async ({ page }) => {
  const nonces = new Set<string | undefined>();
  for (let round = 0; round < 5; round++) {
    const answer = await page.request.get('/persons');
    nonces.add(/'nonce-([^']+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1]);
  }
  expect(nonces.size).toBe(5);
  expect(nonces.has(undefined)).toBe(false);
});

test('a request for another host is refused', async ({ page, web }) => {
  const answer = await page.request.get('/persons', { headers: { host: 'evil.example' }, maxRedirects: 0 });
  expect(answer.status()).toBe(421);
  expect(await answer.text()).toContain(web.origin);
});
