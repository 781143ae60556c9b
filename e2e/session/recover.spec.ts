import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { untilAnswers } from '../fixtures/until-answers.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { startPm2, type Pm2 } from '../fixtures/servers/pm2.ts';
import { recoverPage } from '../pom/session/recover.ts';
import { shell } from '../pom/shell.ts';

test.use({ as: 'nobody' });

const UNKNOWN = `omni_sk_${'Zz9'.repeat(10)}Zz`;
let pm2: Pm2;
let omniUrl: string;

test.beforeAll(async () => {
  pm2 = await startPm2();
  const port = await freePort();
  omniUrl = `http://127.0.0.1:${port}`;
  await pm2.start('omni-v2-api', { OMNI_API_KEY: DEMO_KEYS.admin.secret, API_PORT: String(port) }, [
    '--port',
    String(port),
    '--persons',
    '120',
  ]);
  await untilAnswers(`${omniUrl}/api/v2/health`);
});
test.afterAll(() => pm2.stop());
test.beforeEach(({ watched }) => {
  watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/);
  rmSync(join(pm2.env.PM2_HOME ?? '', 'omni-console-code'), { force: true });
});

/** The last code in PM2's folder; a console of a test has no terminal, and its log tells no code. */
async function lastCode(web: RunningConsole, count = 1): Promise<string> {
  const file = join(pm2.env.PM2_HOME ?? '', 'omni-console-code');
  const codes = () => (existsSync(file) ? codesIn(readFileSync(file, 'utf8')) : []);
  await expect.poll(() => codes().length).toBe(count);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(codesIn(web.lines.join('\n'))).toEqual([]);
  return codes().at(-1) ?? '';
}
const codesIn = (text: string) => [...text.matchAll(/\b(\d{4} \d{4})\b/g)].map(([code]) => code);

const on = (more: Record<string, string> = {}) => ({ ...pm2.env, OMNI_RECOVER: 'pm2', ...more });
const wrongFor = (code: string) => code.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10));

test('recover: the code is off unless the operator turned it on; diagnosis and command are there', async ({
  page,
  open,
  sandbox,
}) => {
  await open('/login');
  await page.getByRole('link', { name: /Can’t sign in/ }).click();
  await expect(recoverPage.heading(page)).toBeVisible();
  await expect(recoverPage.code(page)).toHaveCount(0);
  await expect(recoverPage.machine(page)).toContainText('omni auth recover --rotate');
  await expect(recoverPage.machine(page)).toContainText('even without --rotate');
  for (const [key, sentence] of [
    ['omni_sk_abc', 'isn’t a whole key'],
    [UNKNOWN, 'unknown, revoked or expired'],
    [sandbox.keys.revoked ?? '', 'unknown, revoked or expired'],
    [sandbox.keys.admin, 'This key works'],
    [sandbox.keys.narrow ?? '', 'can do little'],
  ] as const) {
    await recoverPage.diagnose(page, key);
    await expect(recoverPage.findings(page)).toContainText(sentence);
  }
  await page.getByLabel('Server').first().selectOption('Down');
  await recoverPage.diagnose(page, UNKNOWN);
  await expect(recoverPage.findings(page)).toContainText('Omni is not answering');
});

test.describe('somebody who may look at keys', () => {
  test.use({ as: 'admin' });

  test('recover: with keys:read the diagnosis says who revoked a key and when one expired', async ({
    page,
    open,
    sandbox,
  }) => {
    await open('/recover');
    await recoverPage.diagnose(page, sandbox.keys.revoked ?? '');
    await expect(recoverPage.findings(page)).toContainText(/was revoked \(.*\) by /);
    await recoverPage.diagnose(page, sandbox.keys.expired ?? '');
    await expect(recoverPage.findings(page)).toContainText('expired on');
    await recoverPage.diagnose(page, UNKNOWN);
    await expect(recoverPage.findings(page)).toContainText('doesn’t know this key');
  });
});

test('recover: the code signs in with the key of Omni’s process, which is never shown', async ({
  beside,
  page,
  browser,
}) => {
  await beside({ servers: `Local=${omniUrl}`, env: on() }, async (web) => {
    await openAlive(page, `${web.origin}/recover`);
    await recoverPage.print(page).click();
    const code = await lastCode(web);
    expect(await page.content()).not.toContain(code.replace(' ', ''));
    const elsewhere = await browser.newContext({ locale: 'en-US' });
    const other = await elsewhere.newPage();
    await openAlive(other, `${web.origin}/recover`);
    await recoverPage.print(other).click();
    await lastCode(web, 2);
    await recoverPage.type(other, code);
    await expect(recoverPage.problem(other)).toContainText('This is not the code');
    await elsewhere.close();
    await recoverPage.type(page, wrongFor(code));
    await expect(recoverPage.problem(page)).toContainText('This is not the code');
    await recoverPage.type(page, code);
    await expect(shell.heading(page)).toHaveText('Keys');
    await shell.account(page).click();
    await expect(page.getByText('Full access (*)').first()).toBeVisible();
    expect(await page.content()).not.toContain(DEMO_KEYS.admin.secret);
    expect(web.lines.join('\n')).not.toContain('omni_sk_');
  });
});

test('recover: five wrong codes use a code up; three codes an hour', async ({ beside, page }) => {
  await beside({ servers: `Local=${omniUrl}`, env: on() }, async (web) => {
    await openAlive(page, `${web.origin}/recover`);
    await recoverPage.print(page).click();
    const code = await lastCode(web);
    for (let tries = 0; tries < 5; tries += 1) {
      await recoverPage.type(page, wrongFor(code));
      await expect(recoverPage.problem(page)).toContainText('This is not the code');
    }
    await recoverPage.type(page, code);
    await expect(recoverPage.problem(page)).toContainText('Too many wrong codes');
    for (let count = 2; count <= 3; count += 1) {
      await recoverPage.print(page).click();
      await lastCode(web, count);
    }
    await recoverPage.print(page).click();
    await expect(recoverPage.problem(page)).toContainText('Three codes were printed within the hour');
  });
});

const FAILING: readonly [what: string, setUp: (port: string) => Promise<void>, sentence: string][] = [
  [
    'a dead key',
    (port) => pm2.start('omni-v2-api', { OMNI_API_KEY: UNKNOWN, API_PORT: port }, ['--port', '0']),
    'The key of Omni’s process no longer works',
  ],
  [
    'no key at all',
    (port) => pm2.start('omni-v2-api', { API_PORT: port }, ['--port', '0']),
    'Omni’s process has no key',
  ],
  [
    'another server behind a port of this machine, as at the end of a tunnel',
    () => pm2.start('omni-v2-api', { OMNI_API_KEY: DEMO_KEYS.admin.secret }, ['--port', '0']),
    'PM2’s Omni is not this server',
  ],
  ['no such process', () => Promise.resolve(), 'PM2 has no Omni'],
];

test('recover: a dead key, no key and no process get a sentence each, and nothing is rotated', async ({
  beside,
  page,
  sandbox,
  omni,
}) => {
  await pm2.remove('omni-v2-api');
  await omni.clearCalls();
  for (const [what, setUp, sentence] of FAILING) {
    await setUp(new URL(sandbox.url).port);
    await beside({ servers: `Local=${sandbox.url}`, env: on() }, async (web) => {
      await openAlive(page, `${web.origin}/recover`);
      await recoverPage.print(page).click();
      await recoverPage.type(page, await lastCode(web));
      await expect(recoverPage.problem(page), what).toContainText(sentence);
    });
    if (what !== 'no such process') await pm2.remove('omni-v2-api');
  }
  expect(
    (await omni.calls()).items.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/validate')),
  ).toEqual([]);
});

test('recover: no code without PM2, for another machine, or for a browser behind a proxy', async ({
  beside,
  page,
  sandbox,
}) => {
  const folder = { PM2_HOME: '/nowhere' };
  await beside({ servers: `Local=${sandbox.url}`, env: on(folder) }, async (web) => {
    await openAlive(page, `${web.origin}/recover`);
    await recoverPage.print(page).click();
    await expect(recoverPage.problem(page)).toContainText('PM2 does not run here');
  });
  await beside({ servers: 'Remote=https://omni.example.com', env: on() }, async (web) => {
    await openAlive(page, `${web.origin}/recover`);
    await expect(recoverPage.code(page)).toContainText('None of the servers offered here runs on this machine');
  });
  for (const [remote, proxied, count] of [
    ['0', false, 1],
    ['0', true, 0],
    ['1', true, 1],
  ] as const)
    await beside(
      { servers: `Local=${sandbox.url}`, env: on({ HOSTNAME: '0.0.0.0', OMNI_RECOVER_REMOTE: remote }) },
      async (web) => {
        await page.setExtraHTTPHeaders(proxied ? { 'x-forwarded-for': '203.0.113.9' } : {});
        await openAlive(page, `${web.origin}/recover`);
        await expect(recoverPage.code(page)).toHaveCount(count);
      },
    );
  await page.setExtraHTTPHeaders({});
});
