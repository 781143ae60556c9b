import type { Browser, Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import type { BrowserCookies } from '../browser.ts';
import { median, ms, type Figure } from '../numbers.ts';

/** How long a hand keeps a button down. */
const PRESS_MS = 70;

type Move = { what: string; from: string; link: string; shown: string };

const MOVES: readonly Move[] = [
  { what: 'Status → Routes', from: '/status', link: 'nav a[href="/routes"]', shown: 'tbody a[href^="/routes/"]' },
  { what: 'Status → Keys', from: '/status', link: 'nav a[href="/keys"]', shown: 'tbody a[href^="/keys/"]' },
  { what: 'Status → People', from: '/status', link: 'nav a[href="/persons"]', shown: 'tbody a[href^="/persons/"]' },
  { what: 'People → a person', from: '/persons', link: 'tbody a.row-link', shown: 'main a[href^="/persons/merge"]' },
  { what: 'People → Status', from: '/persons', link: 'nav a[href="/status"]', shown: 'main h1' },
];

/** Milliseconds by the page's own clock from the click to the frame that shows the page it leads to. */
async function move(page: Page, { link, shown }: Move): Promise<number> {
  await page.evaluate((selector) => {
    const from = location.pathname;
    let clicked = Number.NaN;
    addEventListener('click', ({ timeStamp }) => (clicked = timeStamp), { capture: true, once: true });
    const done = new Promise<number>((resolve) => {
      const look = () => {
        const there = location.pathname !== from && document.querySelector(selector);
        requestAnimationFrame(there ? (now) => resolve(now - clicked) : look);
      };
      look();
    });
    Object.assign(globalThis, { shownAfter: done });
  }, shown);
  await page.locator(link).first().click({ delay: PRESS_MS });
  return page.evaluate(() => Reflect.get(globalThis, 'shownAfter') as Promise<number>);
}

/**
 * Moving between pages, each time from a page that was just loaded: from the click to the frame, beside what the same rows cost
 * straight from Omni, in one run; and the calls of a move, which asking ahead is not to add to.
 */
export async function moving(
  browser: Browser,
  cookies: BrowserCookies,
  origin: string,
  { control, straight }: { control: Control; straight: () => Promise<number> },
  runs: number,
): Promise<Figure[]> {
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const rows: Figure[] = [];
  for (const one of MOVES) {
    const [here, bare]: [number[], number[]] = [[], []];
    let calls = 0;
    for (let round = -2; round < runs; round += 1) {
      await page.goto(origin + one.from);
      await page.locator('html[data-hydrated]').waitFor();
      await page.locator(one.link).first().waitFor();
      await control.clearCalls();
      const time = await move(page, one);
      const asked = (await control.calls()).items.length;
      if (round < 0) continue;
      here.push(time);
      bare.push(await straight());
      calls += asked;
    }
    const note = `${(median(here) / median(bare)).toFixed(1)} × a list straight from Omni, ${(calls / runs).toFixed(1)} calls`;
    rows.push({ what: one.what, figure: ms(median(here)), note });
  }
  await context.close();
  return rows;
}
