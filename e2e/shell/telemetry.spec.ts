import type { BrowserContext, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/wire/server.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { makePeople } from '../fixtures/people.ts';
import { startCollector } from '../fixtures/servers/collector.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { personPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';
import { leaks } from '../security/crawl.ts';
import { sendRaw } from '../security/hostile.ts';

const TOKEN = 'a-token-for-the-tests-of-metrics';
const METRICS = { METRICS_TOKEN: TOKEN, ACTIVITY_LOG: 'stdout', LOG_LEVEL: 'debug' };
const WITH_TOKEN = { authorization: `Bearer ${TOKEN}` };

test.use({ as: 'nobody' });
test.beforeEach(({ watched }) => watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/));

/** The cookies of a session, as a header and in the browser. */
async function signedIn(web: RunningConsole, sandbox: Sandbox, context?: BrowserContext): Promise<string> {
  const { forgeCookies, closeStores } = await import('../fixtures/forge.ts');
  const cookies = await forgeCookies(web, { key: sandbox.keys.admin, server: 'Demo', yourName: 'Zuleica Brandão' });
  await context?.addCookies(cookies);
  await closeStores();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

async function scrape(web: RunningConsole): Promise<string> {
  const { status, text } = await sendRaw(web.origin, { path: '/metrics', headers: WITH_TOKEN });
  expect(status).toBe(200);
  return text;
}

/** The sum of all series of a metric whose labels hold these. */
function sum(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((part) => line.includes(part)))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
}

async function renamed(page: Page, web: RunningConsole, id: string, name: string): Promise<void> {
  await openAlive(page, web.origin + personPage.path(id));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(shell.toast(page, `Name changed to ${name}`)).toBeVisible();
}

test('metrics: there is no such page unless it is turned on, and then none without the token', async ({
  web,
  beside,
  sandbox,
}) => {
  expect((await sendRaw(web.origin, { path: '/metrics', headers: WITH_TOKEN })).status).toBe(404);
  await beside({ servers: `Demo=${sandbox.url}`, env: METRICS }, async (measured) => {
    const ask = (headers: Record<string, string>) => sendRaw(measured.origin, { path: '/metrics', headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: 'Bearer guess-of-a-stranger' })).status).toBe(401);
    // A scraper asks by the container's own address.
    const answer = await ask({ ...WITH_TOKEN, host: '10.0.0.7:3000' });
    expect(answer.status).toBe(200);
    expect(String(answer.headers['content-type'])).toMatch(/^text\/plain; version=0\.0\.4/);
  });
  await beside({ servers: `Demo=${sandbox.url}`, env: { METRICS_LOOPBACK: '1' } }, async ({ origin }) => {
    expect((await sendRaw(origin, { path: '/metrics' })).status).toBe(200);
    const proxied = { 'x-forwarded-for': '203.0.113.9' };
    expect((await sendRaw(origin, { path: '/metrics', headers: proxied })).status).toBe(404);
  });
});

test('metrics: what they count is what was sent, by page, by resource of Omni and by operation', async ({
  page,
  context,
  sandbox,
  omni,
  beside,
}) => {
  const [ana] = await makePeople(omni, {});
  if (!ana) throw new Error('nobody');
  await beside({ servers: `Demo=${sandbox.url}`, env: METRICS }, async (web) => {
    const cookie = await signedIn(web, sandbox, context);
    await omni.clearCalls();
    const sent = { '/persons?q=Silva': 20, '/login': 15, '/nothing-here': 10, [`/persons/${ana.id}`]: 5 };
    for (const [path, times] of Object.entries(sent))
      await Promise.all(Array.from({ length: times }, () => sendRaw(web.origin, { path, headers: { cookie } })));
    const text = await scrape(web);
    const requests = (labels: Record<string, string>) => sum(text, 'console_request_seconds_count', labels);
    expect(requests({ page: '/persons', status: '200' })).toBe(20);
    expect(requests({ page: '/login' })).toBe(15);
    expect(requests({ page: 'other', status: '404' })).toBe(10);
    expect(requests({ page: '/persons/[id]', status: '200' })).toBe(5);
    const { items } = await omni.calls();
    const heard = Map.groupBy(items, ({ path }) => /^\/(?:api\/v2\/)?([a-z-]+)/.exec(path)?.[1] ?? '');
    expect(heard.get('persons')?.length).toBeGreaterThan(20);
    for (const [resource, calls] of heard)
      expect([resource, sum(text, 'console_omni_call_seconds_count', { resource, server: 'demo' })]).toEqual([
        resource,
        calls.length,
      ]);
    expect(text).toMatch(/^console_omni_budget_left\{server="demo"\} \d+$/m);
    expect(text).toMatch(/^console_sessions 1$/m);
    expect(text).toMatch(/^console_store_up 1$/m);

    await renamed(page, web, ana.id, 'Nome Medido');
    await renamed(page, web, ana.id, 'Nome Medido Outra Vez');
    const after = await scrape(web);
    expect(sum(after, 'console_operations_total', { operation: 'persons.edit', outcome: 'done' })).toBe(2);
    const lines = web.lines.filter((line) => line.startsWith('{"activity"')).map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      expect.objectContaining({ activity: 'persons.edit', outcome: 'done', subjects: [`person:${ana.id}`] }),
      expect.objectContaining({ activity: 'persons.edit', outcome: 'done', subjects: [`person:${ana.id}`] }),
    ]);
  });
});

const LINES = process.env.SOAK ? 10_000 : 1000;

test(`log, metrics and activity log: ${LINES} lines hold no name, phone or key of the people they are about`, async ({
  page,
  context,
  sandbox,
  omni,
  beside,
}) => {
  test.setTimeout(600_000);
  const people = await omni.sql<{ display_name: string | null; primary_phone: string | null }>(
    'SELECT display_name, primary_phone FROM persons LIMIT 400',
  );
  const names = people.flatMap(({ display_name: name }) => (name && / /.test(name) ? [name] : []));
  const phones = people.flatMap(({ primary_phone: phone }) => phone ?? []);
  const [made] = await makePeople(omni, { name: 'Vanderléia Quintanilha', phone: '+5547955554444' });
  if (!made) throw new Error('nobody');
  expect(names.length).toBeGreaterThan(100);
  await beside({ servers: `Demo=${sandbox.url}`, env: METRICS }, async (web) => {
    const cookie = await signedIn(web, sandbox, context);
    const typed = [...names, ...phones];
    const text = (at: number) => encodeURIComponent(typed[at % typed.length] ?? '');
    const keys = Object.values(sandbox.keys);
    await renamed(page, web, made.id, 'Vanderléia Quintanilha Prates');
    await renamed(page, web, made.id, 'Vanderléia Q.');
    // A key in an address is refused with a line in the log; so is a broken form.
    for (let at = 0; web.lines.length < LINES; at += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const [name, key] = [text(at + index), keys[(at + index) % keys.length] ?? ''];
          if (index === 0) return sendRaw(web.origin, { path: `/persons?q=${name}`, headers: { cookie } });
          if (index === 1)
            return sendRaw(web.origin, {
              method: 'POST',
              path: `/persons?q=${name}`,
              headers: { cookie, origin: web.origin, 'next-action': name, 'content-type': 'text/plain' },
              body: name,
            });
          if (index === 2)
            return sendRaw(web.origin, {
              method: 'POST',
              path: '/api/browser-errors',
              headers: { origin: web.origin, 'content-type': 'application/json' },
              body: JSON.stringify({ kind: 'error', name: decodeURIComponent(name), path: `/${name}`, build: key }),
            });
          return sendRaw(web.origin, { path: `/persons/${name}?q=${name}&api_key=${key}`, headers: { cookie } });
        }),
      );
    const told = [...web.lines, ...(await scrape(web)).split('\n')];
    console.log(`${web.lines.length} lines of the log, ${told.length - web.lines.length} of metrics`);
    const said = [...typed, ...typed.map(encodeURIComponent), 'Vanderléia', 'Quintanilha', '955554444', 'Zuleica'];
    expect(told.filter((line) => said.some((word) => line.includes(word)))).toEqual([]);
    const heard = told.map((line) => ({ place: line, text: line }));
    expect(keys.flatMap((key) => leaks(heard, key))).toEqual([]);
    expect(told.filter((line) => line.startsWith('{"activity"'))).toHaveLength(2);
    expect(told.some((line) => line.includes('request.secret_in_address'))).toBe(true);
    expect(told.some((line) => line.includes('browser.error'))).toBe(true);
  });
});

test('traces: spans of requests and calls to Omni reach the collector, without an address or a name', async ({
  sandbox,
  omni,
  beside,
}) => {
  const collector = await startCollector();
  const [ana] = await makePeople(omni, { name: 'Vanderléia Quintanilha' });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  await beside({ servers: `Demo=${sandbox.url}`, env }, async (web) => {
    const cookie = await signedIn(web, sandbox);
    for (const path of ['/persons?q=Vanderl%C3%A9ia', `/persons/${ana?.id}`, '/Quintanilha'])
      await sendRaw(web.origin, { path, headers: { cookie } });
    const sent = () => collector.bodies.join('\n');
    await expect.poll(sent, { timeout: 60_000 }).toContain('GET /persons/[id]');
    await expect.poll(sent, { timeout: 60_000 }).toContain('omni persons');
    expect(sent()).toContain('"omni-console"');
    expect(sent()).not.toMatch(/Vanderl|Quintanilha|omni_sk_|http\.target/);
    expect(sent()).not.toContain(String(ana?.id));
  });
  await collector.stop();
});

test('browser errors: what a page throws is a line of the console’s log, without its message', async ({
  page,
  context,
  sandbox,
  beside,
  watched,
}) => {
  watched.expectProblem(/^crash: Quintanilha/);
  await beside({ servers: `Demo=${sandbox.url}` }, async (web) => {
    await signedIn(web, sandbox, context);
    await openAlive(page, `${web.origin}/persons`);
    await page.evaluate(() => {
      queueMicrotask(() => {
        throw new TypeError('Quintanilha');
      });
      void Promise.reject(new RangeError('Quintanilha'));
      // The same once more is told once.
      void Promise.reject(new RangeError('Quintanilha'));
    });
    const lines = () => web.lines.filter((line) => line.includes('browser.error'));
    await expect.poll(() => lines().length, { timeout: 60_000 }).toBe(2);
    const [one, other] = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect([one?.kind, other?.kind].toSorted()).toEqual(['error', 'rejection']);
    expect([one?.name, other?.name].toSorted()).toEqual(['RangeError', 'TypeError']);
    expect([one?.page, other?.page]).toEqual(['/persons', '/persons']);
    expect(one?.build).toMatch(/^[\da-z]{12}$/);
    expect(lines().join('')).not.toContain('Quintanilha');
    // A page that is left breaks off what it reads: no error of its own. One that had failed before is told.
    await page.evaluate(() => {
      void Promise.reject(new SyntaxError('Quintanilha'));
      addEventListener('beforeunload', () => void Promise.reject(new EvalError('Quintanilha')));
    });
    await page.reload();
    await expect.poll(() => lines().length, { timeout: 60_000 }).toBe(3);
    await openAlive(page, `${web.origin}/keys`);
    expect(lines().join('')).not.toContain('EvalError');
  });
});
