import type { Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { PAGES } from '../a11y/page-list.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import {
  fail,
  FAULTS,
  KEYS,
  LATE,
  MORE,
  READS,
  sentencesIn,
  SHARE,
  SOAK,
  tableOf,
  wrongIn,
  type ReadFault,
  type Read,
  type Reading,
} from './failing-reads.ts';

const AT_ONCE = 4;
/** More of them, where all of them wait. */
const HELD_AT_ONCE = 20;
const ALL_READS = Object.keys(READS) as Read[];

/** The addresses that are read: a share of them, under `SOAK` every page of the console. */
async function addresses(omni: Control): Promise<string[]> {
  if (!SOAK) return SHARE;
  const named = Object.values(PAGES).filter(({ at, as }) => as === undefined && !String(at).startsWith('/dev/'));
  const all = await Promise.all(named.map(({ at }) => (typeof at === 'string' ? at : at(omni))));
  return [...new Set([...SHARE, ...MORE, ...all])];
}

/** A new key, so that nothing it was told before is kept. */
async function cookieWith(omni: Control, web: RunningConsole, scopes: string[] | null): Promise<string> {
  const secret = `omni_sk_${crypto.randomUUID().replaceAll('-', '')}`;
  await omni.rows({ api_keys: [{ secret, scopes: scopes ?? ['*'] }] });
  const { forgeCookies } = await import('../fixtures/forge.ts');
  const cookies = await forgeCookies(web, { key: secret, server: 'Demo', scopes });
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

const WITHIN_A_LINE =
  /<\/?(a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|time|wbr)\b[^>]*>|<!--[\s\S]*?-->/g;

/** The sentences that the server's page shows, its late parts too. */
async function sentencesAt(web: RunningConsole, path: string, cookie: string): Promise<string[]> {
  const answer = await fetch(`${web.origin}${path}`, {
    headers: { cookie, 'accept-language': 'en' },
    redirect: 'manual',
  });
  const html = await answer.text();
  return sentencesIn(
    html
      .replaceAll(/<(script|style|template)\b[\s\S]*?<\/\1>/g, '\n')
      .replaceAll(WITHIN_A_LINE, '')
      .replaceAll(/<[^>]+>/g, '\n')
      .replaceAll('&#x27;', "'"),
  );
}

/** Does one thing for each path, several at once. */
async function eachOf(paths: readonly string[], most: number, work: (path: string) => Promise<void>): Promise<void> {
  const queue = paths.values();
  const worker = async () => {
    for (const path of queue) await work(path);
  };
  await Promise.all(Array.from({ length: most }, worker));
}

for (const [name, scopes] of Object.entries(KEYS)) {
  test(`reads that fail, as ${name}: no page calls them a missing permission, and none says “none” where it is unknown`, async ({
    web,
    omni,
  }) => {
    if (SOAK) test.setTimeout(3_600_000);
    const paths = await addresses(omni);
    const faults = (Object.keys(FAULTS) as ReadFault[]).filter((fault) => SOAK || fault !== 'nothing');
    const wrong: string[] = [];
    const well = new Map<string, Set<string>>();
    const unharmed = await cookieWith(omni, web, scopes);
    // What the key can't read is as unknown as what failed.
    const barred = ALL_READS.filter((read) => allows(scopes, read) === 'no');
    await eachOf(paths, AT_ONCE, async (path) => {
      const sentences = await sentencesAt(web, path, unharmed);
      const reading = { path, sentences, well: new Set(sentences) };
      well.set(path, reading.well);
      for (const read of barred)
        for (const what of wrongIn(reading, read, '403', scopes)) wrong.push(`${path}, without ${read}: ${what}`);
    });
    let [asked, differing] = [0, 0];
    const cells = new Map(paths.map((path) => [path, new Map<string, { others: number; wrong: number }>()]));
    for (const read of ALL_READS) {
      for (const fault of faults) {
        const cookie = await cookieWith(omni, web, scopes);
        await fail(omni, read, fault);
        let here = 0;
        await eachOf(paths, fault === 'nothing' ? HELD_AT_ONCE : AT_ONCE, async (path) => {
          const sentences = await sentencesAt(web, path, cookie);
          const reading: Reading = { path, sentences, well: well.get(path) ?? new Set() };
          asked += 1;
          const others = sentences.filter((sentence) => !reading.well.has(sentence)).length;
          if (others > 0) here += 1;
          const said = wrongIn(reading, read, fault, scopes);
          cells.get(path)?.set(`${read} ${fault}`, { others, wrong: said.length });
          for (const what of said) wrong.push(`${path}, ${read} answers ${fault}: ${what}`);
        });
        await omni.clearFaults();
        differing += here;
        if (SOAK) process.stdout.write(`  ${name} · ${read} answers ${fault}: ${paths.length} pages, ${here} say so\n`);
      }
    }
    const counted = `${paths.length} pages × ${ALL_READS.length * faults.length} faults = ${asked} pages`;
    if (SOAK) process.stdout.write(`${tableOf(cells)}\n`);
    process.stdout.write(
      `reads that fail, as ${name}: ${counted}, ${differing} of them say so, ${wrong.length} wrongly\n`,
    );
    expect(wrong).toEqual([]);
    expect(asked).toBe(paths.length * ALL_READS.length * faults.length);
    if (ALL_READS.some((read) => allows(scopes, read) !== 'no')) expect(differing).toBeGreaterThan(0);
  });
}

/** What a page shows in the browser once nothing on it is still coming. */
async function shownAt(page: Page, path: string): Promise<string[]> {
  await openAlive(page, path);
  await page.waitForFunction(() => ![...document.querySelectorAll('.skeleton')].some((one) => one.checkVisibility()));
  return sentencesIn(await page.evaluate(() => document.body.innerText));
}

test.describe('in the browser', () => {
  test.use({ as: 'nobody' });

  // The page of a key that may do less says less, and takes seconds in a browser: two kinds are enough.
  for (const name of ['admin', 'support']) {
    const scopes = KEYS[name];
    if (!scopes) continue;
    test(`reads that fail, as ${name}: what comes late says no more than is known either`, async ({
      page,
      omni,
      signInAnew,
      watched,
    }) => {
      if (SOAK) test.setTimeout(3_600_000);
      watched.expectProblem(/status of (403|50\d)/);
      const faults: ReadFault[] = SOAK ? ['500', '403', 'by a cut'] : ['500'];
      await signInAnew({ scopes });
      const well = new Map<string, Set<string>>();
      for (const path of LATE) well.set(path, new Set(await shownAt(page, path)));
      const wrong: string[] = [];
      for (const read of ALL_READS) {
        for (const fault of faults) {
          await signInAnew({ scopes });
          await fail(omni, read, fault);
          for (const path of LATE) {
            const reading: Reading = { path, sentences: await shownAt(page, path), well: well.get(path) ?? new Set() };
            for (const what of wrongIn(reading, read, fault, scopes))
              wrong.push(`${path}, ${read} answers ${fault}: ${what}`);
          }
          await omni.clearFaults();
        }
      }
      const counted = `${LATE.length} pages × ${ALL_READS.length * faults.length} faults`;
      process.stdout.write(`reads that fail, in the browser, as ${name}: ${counted}, ${wrong.length} wrongly\n`);
      expect(wrong).toEqual([]);
    });
  }
});
