import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect as playwrightExpect, test as base, type Page } from '@playwright/test';
import { createControl, type Control } from '../sandbox/control-client.ts';
import { startSandbox, type Sandbox } from '../sandbox/server.ts';
import { startConsole, type RunningConsole } from '../scripts/console.ts';
import { SERVER } from '../scripts/standalone.ts';
import { watchLog, type ConsoleLog } from './console-log.ts';
import { startOddServers, type OddServers } from './odd-servers.ts';
import { withConsole } from './second-console.ts';
import { watch, type Watch } from './watch.ts';

export type DemoKeyName =
  | 'admin'
  | 'support'
  | 'viewer'
  | 'operator'
  | 'consoleAdmin'
  | 'narrow'
  | 'expired'
  | 'revoked';

type WorkerFixtures = {
  /** An Omni of this worker's own. */
  sandbox: Sandbox;
  /** Servers the console is offered besides, none of them a well Omni. */
  odd: OddServers;
  /** The production console of this worker, with its own store and secrets. */
  web: RunningConsole;
};

type Fixtures = {
  /** Whose key the browser is signed in with when the test starts; `nobody` for the sign-in specs. */
  as: DemoKeyName | 'nobody';
  watched: Watch;
  log: ConsoleLog;
  /** The sandbox's own levers: faults, clock, calls. Faults end with the test. */
  omni: Control;
  /** Opens a path and waits until the page is alive: what is typed before that is lost. */
  open: (path: string) => Promise<void>;
  /** A console besides: the pages leave it before it stops. */
  beside: typeof withConsole;
};

export const expect = playwrightExpect;

export const test = base.extend<Fixtures, WorkerFixtures>({
  sandbox: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const sandbox = await startSandbox({ port: 0, persons: 500, seed: 1 });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker' },
  ],
  odd: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const odd = await startOddServers();
      await use(odd);
      await odd.stop();
    },
    { scope: 'worker' },
  ],
  web: [
    async ({ sandbox, odd }, use) => {
      if (!existsSync(SERVER)) throw new Error('The console is not built: run "npm run build" first.');
      const folder = mkdtempSync(join(tmpdir(), 'omni-e2e-'));
      const servers = Object.entries({ Demo: sandbox.url, ...odd.servers });
      const web = await startConsole({
        servers: servers.map(([name, url]) => `${name}=${url}`).join(','),
        storeFile: join(folder, 'console.db'),
        // All tests of a worker come from one address.
        env: { SIGN_IN_TRIES: '10000' },
      });
      await use(web);
      await (await import('./forge.ts')).closeStores();
      await web.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  as: ['admin', { option: true }],
  baseURL: async ({ web }, use) => use(web.origin),
  context: async ({ context, as, web, sandbox }, use) => {
    const key = sandbox.keys[as];
    if (as !== 'nobody' && key) {
      // Loaded late: the console's own code loads in workers only (see NODE_OPTIONS in playwright.config.ts).
      const { forgeCookies } = await import('./forge.ts');
      await context.addCookies(await forgeCookies(web, { key, server: 'Demo' }));
    }
    await use(context);
  },
  watched: [
    async ({ context, web }, use) => {
      const watched = await watch(context, web.origin);
      await use(watched);
      expect(watched.unexpected(), 'no crash, console error, CSP violation or foreign request').toEqual([]);
    },
    { auto: true },
  ],
  log: [
    async ({ web, sandbox }, use) => {
      const log = watchLog(web.lines);
      await use(log);
      expect(log.unexpected(), 'the console logs no error a test does not expect').toEqual([]);
      const keys = Object.values(sandbox.keys);
      expect(log.lines().filter((line) => line.includes('omni_sk_') || keys.some((key) => line.includes(key)))).toEqual(
        [],
      );
    },
    { auto: true },
  ],
  omni: async ({ sandbox }, use) => {
    const control = createControl(sandbox.url);
    await use(control);
    await control.clearFaults();
  },
  open: async ({ page }, use) => use((path) => openAlive(page, path)),
  beside: async ({ context }, use) =>
    use((options, work) =>
      withConsole(options, async (web, folder) => {
        await work(web, folder);
        await Promise.all(context.pages().map((page) => page.goto('about:blank')));
      }),
    ),
});

export async function openAlive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}
