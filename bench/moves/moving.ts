import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import type { BrowserCookies } from '../browser.ts';
import { median, ms, type Figure } from '../numbers.ts';

/** How long a hand keeps a button down. */
const PRESS_MS = 70;

/** How long a pointer rests on a link before it is pressed, where it rests. */
const REST_MS = 500;
const SLOWER = 4;

type Move = { what: string; from: string; link: string; shown: string; back: string };

const MOST_MS = { pressed: 60, rested: 40, back: 35 };

const MOVES: readonly Move[] = [
  {
    what: 'Status → Routes',
    from: '/status',
    link: 'nav a[href="/routes"]',
    shown: 'tbody a[href^="/routes/"]',
    back: 'main h1',
  },
  {
    what: 'Status → Keys',
    from: '/status',
    link: 'nav a[href="/keys"]',
    shown: 'tbody a[href^="/keys/"]',
    back: 'main h1',
  },
  {
    what: 'Status → People',
    from: '/status',
    link: 'nav a[href="/persons"]',
    shown: 'tbody a[href^="/persons/"]',
    back: 'main h1',
  },
  {
    what: 'People → a person',
    from: '/persons',
    link: 'tbody a.row-link',
    shown: 'main a[href^="/persons/merge"]',
    back: 'tbody a.row-link',
  },
  {
    what: 'People → Status',
    from: '/persons',
    link: 'nav a[href="/status"]',
    shown: 'main h1',
    back: 'tbody a.row-link',
  },
];

/** Milliseconds by the page's own clock from the click, or from going back, to the frame that shows the page it leads to. */
async function shownAfter(page: Page, shown: string, begin: 'click' | 'popstate', go: () => Promise<void>) {
  await page.evaluate(
    ([selector, event]) => {
      const from = location.pathname;
      let begun = Number.NaN;
      addEventListener(event, ({ timeStamp }) => (begun = timeStamp), { capture: true, once: true });
      const done = new Promise<number>((resolve) => {
        const look = () => {
          const there = location.pathname !== from && document.querySelector(selector);
          requestAnimationFrame(there ? (now) => resolve(now - begun) : look);
        };
        look();
      });
      Object.assign(globalThis, { shownAfter: done });
    },
    [shown, begin] as const,
  );
  await go();
  return page.evaluate(() => Reflect.get(globalThis, 'shownAfter') as Promise<number>);
}

type Times = { pressed: number[]; rested: number[]; back: number[]; bare: number[]; calls: number };

/** One move so often, each time from a page that was just loaded: pressed at once and after a rest, in turn, and back. */
async function timesOf(page: Page, origin: string, one: Move, { control, straight }: Beside, runs: number) {
  const times: Times = { pressed: [], rested: [], back: [], bare: [], calls: 0 };
  for (let round = -4; round < runs * 2; round += 1) {
    const rests = round % 2 !== 0;
    await page.goto(origin + one.from);
    await page.locator('html[data-hydrated]').waitFor();
    const link = page.locator(one.link).first();
    await link.waitFor();
    await page.mouse.move(0, 0);
    await control.clearCalls();
    if (rests) {
      await link.hover();
      await sleep(REST_MS);
    }
    const time = await shownAfter(page, one.shown, 'click', () => link.click({ delay: PRESS_MS }));
    const asked = (await control.calls()).items.length;
    const back = await shownAfter(page, one.back, 'popstate', () => page.evaluate(() => history.back()));
    if (round < 0) continue;
    times[rests ? 'rested' : 'pressed'].push(time);
    times.back.push(back);
    times.bare.push(await straight());
    if (!rests) times.calls += asked / runs;
  }
  return times;
}

type Beside = { control: Control; straight: () => Promise<number> };

/**
 * Moving between pages: from the click to the frame, with the processor as it is and four times slower, beside what the same rows cost
 * straight from Omni, in one run; and the calls of a move, which asking ahead is not to add to.
 */
export async function moving(
  browser: Browser,
  cookies: BrowserCookies,
  origin: string,
  beside: Beside,
  runs: number,
): Promise<Figure[]> {
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const rows: Figure[] = [];
  for (const rate of [1, SLOWER]) {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate });
    for (const one of MOVES) {
      const { pressed, rested, back, bare, calls } = await timesOf(page, origin, one, beside, runs);
      const what = rate === 1 ? one.what : `${one.what}, ÷ ${rate}`;
      const note = `${(median(pressed) / median(bare)).toFixed(1)} × a list straight from Omni, ${calls.toFixed(1)} calls`;
      rows.push({ what, figure: ms(median(pressed)), note: `target ≤ ${MOST_MS.pressed} ms; ${note}` });
      rows.push({ what: `${what}, rested upon`, figure: ms(median(rested)), note: `target ≤ ${MOST_MS.rested} ms` });
      rows.push({ what: `${what}, back`, figure: ms(median(back)), note: `target ≤ ${MOST_MS.back} ms` });
    }
  }
  await context.close();
  return rows;
}
