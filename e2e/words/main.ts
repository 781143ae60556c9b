// Counts the words of each page in both languages: `npm run words`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { signIn, launch } from '../../bench/browser.ts';
import { createControl } from '../../sandbox/wire/control/control-client.ts';
import { DEMO_SECRETS } from '../../sandbox/resources/keys/keys-demo.ts';
import { startSandbox } from '../../sandbox/wire/server.ts';
import { flagsFor } from '../../scripts/flags.ts';
import { tellStory } from '../../scripts/demo-story.ts';
import { consoleEnv, randomSecrets, startConsole } from '../../scripts/servers/console.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { run } from '../../scripts/servers/processes.ts';
import { isStale } from '../../scripts/suites/stale.ts';
import { installSystemPackages } from '../../scripts/suites/system-packages.ts';
import { openStore } from '#lib/store/database.ts';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { PAGES } from '../a11y/page-list.ts';
import { textsOf, vocabularyOf, wordsOf } from './page-words.ts';

const USAGE = `npm run words -- [--texts folder]

Counts the words that each page shows in its main part at 1440 px, without data: words of the messages only, and no rows of lists.
--texts keeps what was counted, a file for each page and language.`;

const { values: flags } = flagsFor(USAGE, { texts: { type: 'string' } });
const LANGUAGES = { en: vocabularyOf(en), 'pt-BR': vocabularyOf(ptBR) };
const pages = Object.entries(PAGES).filter(([name]) => !name.startsWith('the kit'));

/** The texts of a page once nothing is loading and nothing has changed for a second. */
async function settledTexts(page: Page): Promise<string[]> {
  await page.locator('html[data-hydrated]').waitFor();
  await page.waitForFunction(() => !document.querySelector('main .skeleton'));
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = window.setTimeout(resolve, 1000);
        const again = () => {
          window.clearTimeout(quiet);
          quiet = window.setTimeout(resolve, 1000);
        };
        new MutationObserver(again).observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
  return textsOf(page);
}

if (flags.texts) mkdirSync(flags.texts, { recursive: true });
await installSystemPackages();
if (isStale() && (await run(process.execPath, ['scripts/build.ts'])) !== 0) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'omni-words-'));
const sandbox = await startSandbox({ port: 0, persons: 500, seed: 1 });
const control = createControl(sandbox.url);
await control.rateLimit(100_000);
const port = await freePort();
const options = {
  port,
  servers: `Demo=${sandbox.url}`,
  storeFile: join(folder, 'console.db'),
  secrets: randomSecrets(),
};
Object.assign(process.env, consoleEnv(options, port));
const store = await openStore({ file: options.storeFile });
await tellStory(store);
await store.destroy();
const web = await startConsole(options);
const browser = await launch();
try {
  const cookies = await signIn(browser, web.origin, DEMO_SECRETS.admin);
  const counts = new Map<string, number[]>();
  for (const [language, vocabulary] of Object.entries(LANGUAGES)) {
    const look = { baseURL: web.origin, viewport: { width: 1440, height: 900 }, timezoneId: 'America/Sao_Paulo' };
    const context = await browser.newContext({ ...look, locale: language === 'en' ? 'en-US' : language });
    const nobody = await browser.newContext({ ...look, locale: language === 'en' ? 'en-US' : language });
    await context.addCookies(cookies);
    for (const [name, { at, as }] of pages) {
      const page = await (as ? nobody : context).newPage();
      await page.goto(typeof at === 'string' ? at : await at(control));
      const texts = await settledTexts(page);
      if (flags.texts) writeFileSync(join(flags.texts, `${name}.${language}.txt`), texts.join('\n'));
      const words = texts.flatMap(wordsOf).filter((word) => vocabulary.has(word));
      counts.set(name, [...(counts.get(name) ?? []), words.length]);
      await page.close();
    }
    await context.close();
    await nobody.close();
  }
  const total = Object.keys(LANGUAGES).map((_, at) =>
    [...counts.values()].reduce((sum, row) => sum + (row[at] ?? 0), 0),
  );
  for (const [name, row] of [...counts, ['together', total] as const])
    console.log(`${name.padEnd(32)}${row.map((count) => String(count).padStart(7)).join('')}`);
} finally {
  await browser.close();
  await web.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
