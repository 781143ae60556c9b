import { randomUUID } from 'node:crypto';
import type { Browser } from '@playwright/test';
import { manyInstances } from '#lib/routes/testing/bed.ts';
import type { Control } from '../sandbox/wire/control/control-client.ts';
import { signIn } from './browser.ts';
import { interactions, SORTING } from './moves/interaction.ts';
import { median, ms, type Figure } from './numbers.ts';

const INSTANCES = 40;
const ROUTES_EACH = 50;
const LATENCY_MS = 5;
const ROUNDS = 7;

/**
 * The list of 2,000 routes on 40 instances, each call to Omni 5 ms late. Every round signs in with a key of its own, so
 * nothing is remembered from the round before.
 */
export async function routesList(browser: Browser, origin: string, control: Control): Promise<Figure[]> {
  await control.rateLimit(1000);
  await control.rows(manyInstances(INSTANCES, ROUTES_EACH, `Bench ${randomUUID().slice(0, 6)}`));
  const secrets = Array.from({ length: ROUNDS }, () => `omni_sk_${randomUUID().replaceAll('-', '')}`);
  await control.rows({ api_keys: secrets.map((secret) => ({ secret, scopes: ['*'], name: 'bench' })) });
  await control.fault({ kind: 'latency', ms: LATENCY_MS, times: null });
  const first: number[] = [];
  const all: number[] = [];
  const calls: number[] = [];
  const shown: number[] = [];
  for (const secret of secrets) {
    const cookies = await signIn(browser, origin, secret);
    await control.clearCalls();
    const context = await browser.newContext({ locale: 'en-US' });
    await context.addCookies(cookies);
    await context.addInitScript(() => {
      const watch = () => {
        const begun = performance.getEntriesByName('first').length > 0;
        if (!begun && document.querySelector('tbody tr')) performance.mark('first');
        if (document.querySelector('table[aria-busy="false"]')) performance.mark('all');
        else requestAnimationFrame(watch);
      };
      watch();
    });
    const page = await context.newPage();
    await page.goto(`${origin}/routes`);
    const handle = await page.waitForFunction(() => {
      const time = (name: string) => performance.getEntriesByName(name)[0]?.startTime;
      const rows = document.querySelector('table[aria-busy="false"]')?.getAttribute('aria-rowcount');
      return time('all') && { first: time('first') ?? NaN, all: time('all') ?? NaN, rows: Number(rows) - 1 };
    });
    const seen = await handle.jsonValue();
    if (!seen) throw new Error('no rows');
    first.push(seen.first);
    all.push(seen.all);
    shown.push(seen.rows);
    const { items } = await control.calls();
    if (items.some(({ status }) => status === 429)) throw new Error('the budget was overrun');
    calls.push(items.length);
    await context.close();
  }
  const [secret = ''] = secrets;
  const sorting = await interactions(browser, await signIn(browser, origin, secret), origin, [SORTING]);
  await control.clearFaults();
  return [
    {
      what: 'navigation to the first hundred rows',
      figure: ms(median(first)),
      note: 'target ≤ 1,000 ms',
      held: median(first) <= 1000,
    },
    {
      what: `all ${median(shown)} rows in the page`,
      figure: ms(median(all)),
      note: 'target ≤ 1,500 ms',
      held: median(all) <= 1500,
    },
    { what: 'slowest of these', figure: ms(Math.max(...all)) },
    {
      what: 'calls to Omni, nothing remembered',
      figure: `${median(calls)}`,
      note: 'of 1,000 a minute; none was refused',
    },
    ...sorting.map((one) => ({ ...one, what: `${one.what}, processor 4 × slower` })),
  ];
}
