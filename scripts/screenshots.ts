// Makes docs/screenshots/: each room in both themes, as the README shows them. `npm run screenshots`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { signIn } from '../bench/browser.ts';
import { personPage } from '../e2e/pom/persons.ts';
import { createControl } from '../sandbox/wire/control/control-client.ts';
import { DEMO_SECRETS } from '../sandbox/resources/keys/keys-demo.ts';
import { startSandbox } from '../sandbox/wire/server.ts';
import { chromiumLaunch } from './servers/chromium.ts';
import { startConsole } from './servers/console.ts';
import { ROOT, run } from './servers/processes.ts';
import { isStale } from './suites/stale.ts';
import { installSystemPackages } from './suites/system-packages.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const CARLOS = 'dddddd20-0000-4000-8000-000000000020';
const CADU = 'dddddd21-0000-4000-8000-000000000021';
const CHAT = 'cccccc01-0000-4000-8000-000000000001';

/** What each picture shows, and what has to be there before it is taken. */
const PICTURES: readonly { name: string; path: string; ready: (page: Page) => Promise<unknown> }[] = [
  { name: 'home', path: '/', ready: (page) => page.getByText(/^Checked \d/).waitFor() },
  {
    name: 'people',
    path: '/persons?q=silva',
    ready: (page) => page.getByRole('table', { name: 'People' }).getByRole('link').first().waitFor(),
  },
  { name: 'person', path: personPage.path(JOAO), ready: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
  {
    name: 'merge',
    path: `/persons/merge?into=${CARLOS}&from=${CADU}`,
    ready: (page) => page.getByRole('button', { name: /^Merge into / }).waitFor(),
  },
  { name: 'routes', path: '/routes', ready: (page) => page.getByRole('switch').nth(3).waitFor() },
  {
    name: 'route',
    path: `/routes/${WHATSAPP}/fffffff1-0000-4000-8000-000000000001`,
    ready: (page) => page.getByRole('heading', { name: 'Review' }).waitFor(),
  },
  {
    name: 'test-routing',
    path: `/routes/test?instance=${WHATSAPP}&chat=${CHAT}&person=${JOAO}`,
    ready: (page) => page.getByRole('region', { name: 'Answer' }).waitFor(),
  },
  { name: 'keys', path: '/keys', ready: (page) => page.getByRole('table', { name: 'Keys' }).waitFor() },
  { name: 'new-key', path: '/keys/new', ready: (page) => page.getByRole('heading', { name: 'Review' }).waitFor() },
  { name: 'activity', path: '/activity', ready: (page) => page.getByRole('main').getByRole('time').first().waitFor() },
  { name: 'status', path: '/status', ready: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
];

async function rename(page: Page, id: string, name: string): Promise<void> {
  await page.goto(personPage.path(id));
  await page.locator('html[data-hydrated]').waitFor();
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Name changed to' }).waitFor();
}

await installSystemPackages();
if (isStale() && (await run(process.execPath, ['scripts/build.ts'])) !== 0) process.exit(1);
mkdirSync(FOLDER, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'omni-screenshots-'));
const sandbox = await startSandbox({ port: 0, persons: 500, seed: 1 });
await createControl(sandbox.url).rateLimit(100_000);
const web = await startConsole({ servers: `Demo=${sandbox.url}`, storeFile: join(folder, 'console.db') });
const browser = await chromium.launch(chromiumLaunch());
try {
  const cookies = await signIn(browser, web.origin, DEMO_SECRETS.admin);
  const look = {
    baseURL: web.origin,
    locale: 'en-US',
    timezoneId: 'America/Sao_Paulo',
    reducedMotion: 'reduce',
  } as const;
  for (const theme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ ...look, colorScheme: theme, viewport: { width: 1280, height: 800 } });
    await context.addCookies(cookies);
    const page = await context.newPage();
    if (theme === 'light') {
      // Activity has something to tell.
      await rename(page, CADU, 'Cadu Pires (Telegram)');
      await rename(page, JOAO, 'João da Silva');
      await rename(page, JOAO, 'João Silva');
      await rename(page, CADU, 'Cadu Pires');
    }
    for (const { name, path, ready } of PICTURES) {
      await page.goto(path);
      await page.locator('html[data-hydrated]').waitFor();
      await ready(page);
      await page.waitForFunction(() => document.querySelector('.skeleton') === null);
      await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`) });
      console.log(`docs/screenshots/${name}-${theme}.png`);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await web.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
