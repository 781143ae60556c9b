import { expect, test } from '../fixtures/test.ts';
import { withConsole } from '../fixtures/servers/second-console.ts';

const PAGES = [
  '/',
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
  test(`CSP of ${path}: a nonce policy without unsafe-inline that the page keeps`, async ({ page, open }) => {
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
    expect(rules.get('require-trusted-types-for')).toBe("'script'");
    expect(headers['cache-control']).toContain('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['origin-agent-cluster']).toBe('?1');
    expect(headers['x-powered-by']).toBeUndefined();
  });
}

test('CSP: text becomes neither HTML nor a script, and no foreign script is loaded', async ({
  page,
  open,
  watched,
}) => {
  watched.expectProblem(/^(CSP: require-trusted-types-for|console: .*(Trusted|not the console’s))/);
  await open('/persons');
  const refused = await page.evaluate(() => {
    const isRefused = (act: () => void) => {
      try {
        act();
        return false;
      } catch {
        return true;
      }
    };
    const script = document.createElement('script');
    return [
      () => (document.createElement('p').innerHTML = '<b>bold</b>'),
      () => (script.textContent = 'globalThis.evil = 1'),
      () => (script.src = 'https://evil.example/a.js'),
      () => (script.src = '/api/file.js'),
    ].map(isRefused);
  });
  expect(refused).toEqual([true, true, true, true]);
});

test('CSP: each answer has a nonce of its own', async ({ page }) => {
  const nonces = new Set<string | undefined>();
  for (let round = 0; round < 5; round++) {
    const answer = await page.request.get('/persons');
    nonces.add(/'nonce-([^']+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1]);
  }
  expect(nonces.size).toBe(5);
  expect(nonces.has(undefined)).toBe(false);
});

test('GET /persons: a request for another host is refused', async ({ page, web }) => {
  const answer = await page.request.get('/persons', { headers: { host: 'evil.example' }, maxRedirects: 0 });
  expect(answer.status()).toBe(421);
  expect(await answer.text()).toContain(web.origin);
});

test('sign-in over HTTPS: browsers are told to stay there, and cookies are bound to the host', async ({
  sandbox,
  playwright,
}) => {
  const origin = 'https://console.example.com';
  await withConsole({ servers: `Demo=${sandbox.url}`, env: { APP_ORIGIN: origin } }, async (web) => {
    const client = await playwright.request.newContext({ extraHTTPHeaders: { host: 'console.example.com' } });
    const answer = await client.get(`${web.origin}/login`, { maxRedirects: 0 });
    expect(answer.status()).toBe(200);
    expect(answer.headers()['strict-transport-security']).toMatch(/max-age=31536000; includeSubDomains/);
    expect(answer.headers()['content-security-policy']).toContain('upgrade-insecure-requests');
    for (const host of ['console.example.com:443', 'Console.Example.COM', 'console.example.com.']) {
      const spelt = await client.get(`${web.origin}/login`, { headers: { host }, maxRedirects: 0 });
      expect(`${host} ${spelt.status()}`).toBe(`${host} 200`);
    }
    const refused = await client.get(`${web.origin}/login`, { headers: { host: 'evil.example' }, maxRedirects: 0 });
    expect(refused.status()).toBe(421);
    expect(refused.headers()['strict-transport-security']).toContain('max-age');
    expect(refused.headers()['x-content-type-options']).toBe('nosniff');
    await client.dispose();
  });
});
