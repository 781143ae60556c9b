import type { Browser } from '@playwright/test';
import { personsPage } from '../e2e/pom/persons.ts';
import type { Control } from '../sandbox/control-client.ts';
import { median, ms, type Row } from './numbers.ts';
import type { Cookies } from './browser.ts';

const QUERIES = ['joao silva', 'maria', '98765', 'souza', 'ana'];

/** From the last key to the first hits and to the last ones, the rest before a search (250 ms) included; and what typing on leaves at Omni. */
export async function searchTimes(
  browser: Browser,
  cookies: Cookies,
  origin: string,
  control: Control,
  rounds: number,
): Promise<Row[]> {
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addCookies(cookies);
  await context.addInitScript(watchSearch);
  const page = await context.newPage();
  await page.goto(`${origin}/persons`);
  await page.locator('html[data-hydrated]').waitFor();
  const [first, all]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const query of QUERIES) {
      await personsPage.search(page).fill('');
      await personsPage.rows(page).first().waitFor();
      await personsPage.search(page).pressSequentially(query);
      const handle = await page.waitForFunction(
        () => (window as unknown as Watched).searched?.all && (window as unknown as Watched).searched,
      );
      const times = await handle.jsonValue();
      if (!times) throw new Error('the search never ended');
      first.push(times.first ?? NaN);
      all.push(times.all ?? NaN);
    }
  }
  await control.clearCalls();
  await personsPage.search(page).fill('');
  await personsPage.search(page).pressSequentially('maria aparecida', { delay: 320 });
  await page.waitForFunction(() => (window as unknown as Watched).searched?.all);
  const { items } = await control.calls();
  const cut = items.filter(({ status }) => status === 0).length;
  await context.close();
  return [
    { what: 'last key to first hits', figure: ms(median(first)), note: 'target ≤ 350 ms at 500 persons' },
    { what: 'last key to all hits', figure: ms(median(all)) },
    { what: 'calls while typing slowly', figure: `${items.length}`, note: `${cut} ended at Omni before their answer` },
  ];
}

type Watched = { searched?: { first: number | null; all: number | null } };

/** In the page: times every search from its last key. */
function watchSearch() {
  let key = 0;
  const state: Watched = window as unknown as Watched;
  addEventListener(
    'input',
    () => {
      key = performance.now();
      state.searched = { first: null, all: null };
    },
    true,
  );
  const look = () => {
    const searched = state.searched;
    const input = document.querySelector<HTMLInputElement>('input[type=search]');
    const status = document.querySelector('[role=status].px-4')?.textContent ?? '';
    if (searched && input?.value && performance.now() - key > 200) {
      if (searched.first === null && document.querySelector('tbody tr')) searched.first = performance.now() - key;
      if (searched.all === null && /found|result|nobody|person/i.test(status)) searched.all = performance.now() - key;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
