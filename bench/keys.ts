import type { Browser, BrowserContext } from '@playwright/test';
import type { Control } from '../sandbox/wire/control/control-client.ts';
import { firstRows, weigh } from './browser.ts';
import { kB, median, ms, type Figure } from './numbers.ts';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

const KEYS = 150;

/** Figures of the list of keys with 150 of them, and the weight of the two heaviest pages. */
export async function keysFigures(
  browser: Browser,
  cookies: Cookies,
  origin: string,
  control: Control,
  runs: number,
): Promise<Figure[]> {
  const have = Number((await control.sql('SELECT count(*) AS n FROM api_keys'))[0]?.n);
  await control.rows({
    api_keys: Array.from({ length: Math.max(0, KEYS - have) }, (_, n) => ({
      name: `bench-${n}`,
      keyHash: `bench ${n}`,
      scopes: ['persons:read', 'chats:read', 'routes:*'],
    })),
  });
  const times: number[] = [];
  for (let round = 0; round < runs; round++) times.push(await firstRows(browser, cookies, `${origin}/keys?limit=100`));
  const list = await weigh(browser, cookies, `${origin}/keys?limit=100`);
  const create = await weigh(browser, cookies, `${origin}/keys/new`);
  await control.write("DELETE FROM api_keys WHERE key_hash LIKE 'bench %'");
  return [
    {
      what: `navigation to the first of 100 rows, ${KEYS} keys`,
      figure: ms(median(times)),
      note: 'target ≤ 500 ms',
      held: median(times) <= 500,
    },
    {
      what: 'JavaScript of the list, gzipped',
      figure: kB(list.script),
      note: 'target ≤ 180 kB',
      held: list.script <= 180_000,
    },
    {
      what: 'JavaScript of /keys/new, gzipped',
      figure: kB(create.script),
      note: 'target ≤ 210 kB',
      held: create.script <= 210_000,
    },
  ];
}
