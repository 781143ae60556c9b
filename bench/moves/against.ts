import type { Browser, BrowserContext, Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { kB, median, ms, type Figure } from '../numbers.ts';

/** How long a hand keeps a button down. */
const PRESS_MS = 70;
/** A page has come once nothing in it changed for so long. */
const QUIET_MS = 400;
const MOST_ROOMS = 5;
const LINKS = 'nav a[href], aside a[href]';

/** A web UI: where it is, and the key that its sign-in asks for. */
export type WebUi = { name: string; url: string; key: string };

type Measured = { first: number; script: number; moves: number[]; back: number[] };

/**
 * The same movements on several web UIs, in turn in one run, with one clock that knows nothing of either: an empty browser to the last
 * change of the first page, each room of its navigation from the click to the last change, and back. Sign-in is a key in the field for
 * a password, else in the first one, then Enter; it is not measured.
 */
export async function against(browser: Browser, all: readonly WebUi[], runs: number): Promise<Figure[]> {
  const open: (SignedIn & { ui: WebUi })[] = [];
  for (const ui of all) open.push({ ui, ...(await signedIn(browser, ui)) });
  const measured = open.map((): Measured => ({ first: 0, script: 0, moves: [], back: [] }));
  const firsts = open.map((): number[] => []);
  for (let round = 0; round < runs; round += 1) {
    for (const [at, { ui, state, rooms }] of open.entries()) {
      const own = measured[at];
      if (!own) continue;
      const context = await browser.newContext({ locale: 'en-US', storageState: state });
      const page = await context.newPage();
      const scripts: Promise<Buffer>[] = [];
      page.on('response', (answer) => answer.request().resourceType() === 'script' && scripts.push(answer.body()));
      await page.goto(ui.url);
      firsts[at]?.push(await settled(page));
      const bodies = await Promise.all(scripts.map((body) => body.catch(() => Buffer.alloc(0))));
      own.script = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
      for (const room of rooms) own.moves.push(await moved(page, () => follow(page, room)));
      own.back.push(await moved(page, () => page.evaluate(() => history.back())));
      await context.close();
    }
  }
  return open.flatMap(({ ui: { name }, rooms }, at) => {
    const own = measured[at];
    if (!own) return [];
    const base = measured[0];
    const ratio = (of: number, to: number | undefined) =>
      at === 0 || !to ? '' : `${(of / to).toFixed(2)} × the console’s`;
    const first = median(firsts[at] ?? []);
    return [
      { what: `${name}: first page, empty browser`, figure: ms(first), note: ratio(first, median(firsts[0] ?? [])) },
      { what: `${name}: JavaScript, gzipped`, figure: kB(own.script), note: ratio(own.script, base?.script) },
      {
        what: `${name}: to a room, ${rooms.length} of them`,
        figure: ms(median(own.moves)),
        note: ratio(median(own.moves), base && median(base.moves)),
      },
      {
        what: `${name}: back`,
        figure: ms(median(own.back)),
        note: ratio(median(own.back), base && median(base.back)),
      },
    ];
  });
}

type SignedIn = { state: Awaited<ReturnType<BrowserContext['storageState']>>; rooms: string[] };

async function signedIn(browser: Browser, { name, url, key }: WebUi): Promise<SignedIn> {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(url);
  await settled(page);
  if ((await page.locator(LINKS).count()) === 0) {
    // A page that has come may still not be alive.
    const send = page.locator('button[type=submit]:enabled').first();
    await send.waitFor({ timeout: 5000 }).catch(() => undefined);
    const secret = page.locator('input[type=password]');
    const field = (await secret.count()) > 0 ? secret : page.locator('input:read-write:not([type=hidden])');
    await field.first().fill(key);
    await field.first().press('Enter');
  }
  await page.locator(LINKS).first().waitFor();
  await settled(page);
  const found = await page.locator(LINKS).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const rooms = [...new Set(found)].filter((href) => /^[/#]/.test(href) && new URL(href, url).href !== page.url());
  const state = await context.storageState();
  await context.close();
  if (rooms.length === 0) throw new Error(`${name} at ${url} shows no navigation with links to rooms`);
  return { state, rooms: rooms.slice(0, MOST_ROOMS) };
}

async function follow(page: Page, href: string): Promise<void> {
  await page
    .locator(`:is(nav, aside) a[href=${JSON.stringify(href)}]`)
    .first()
    .click({ delay: PRESS_MS });
}

/** Milliseconds by the page's own clock until the last change of it, from when it was opened. */
async function settled(page: Page): Promise<number> {
  return page.evaluate(
    (quiet) =>
      new Promise<number>((resolve) => {
        let last = performance.now();
        new MutationObserver(() => requestAnimationFrame((now) => (last = now))).observe(document, {
          subtree: true,
          childList: true,
          characterData: true,
        });
        const look = () => (performance.now() - last > quiet ? resolve(last) : requestAnimationFrame(look));
        look();
      }),
    QUIET_MS,
  );
}

/** Milliseconds from the click or the way back to the last change of the page that follows from it. */
async function moved(page: Page, move: () => Promise<void>): Promise<number> {
  await page.evaluate((quiet) => {
    let begun = Number.NaN;
    let last = Number.NaN;
    const begin = ({ timeStamp }: Event) => (Number.isNaN(begun) ? (begun = timeStamp) : undefined);
    addEventListener('click', begin, { capture: true, once: true });
    addEventListener('popstate', begin, { capture: true, once: true });
    new MutationObserver(() => requestAnimationFrame((now) => (last = now))).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    const done = new Promise<number>((resolve) => {
      const look = () => {
        const over = !Number.isNaN(begun) && performance.now() - Math.max(begun, last || 0) > quiet;
        if (over) resolve(Math.max(0, last - begun));
        else requestAnimationFrame(look);
      };
      look();
    });
    Object.assign(globalThis, { movedIn: done });
  }, QUIET_MS);
  await move();
  return page.evaluate(() => Reflect.get(globalThis, 'movedIn') as Promise<number>);
}
