import type { Browser } from '@playwright/test';
import { personsPage } from '../e2e/pom/persons.ts';
import type { Control } from '../sandbox/wire/control/control-client.ts';
import { median, ms, type Figure } from './numbers.ts';
import type { BrowserCookies } from './browser.ts';

const QUERIES = ['joao silva', 'maria', '98765', 'souza', 'ana'];

/** From the last key to the first hits and to the last ones, the rest before a search (250 ms) included; and what typing on leaves at Omni. */
export async function searchTimes(
  browser: Browser,
  cookies: BrowserCookies,
  origin: string,
  control: Control,
  rounds: number,
): Promise<Figure[]> {
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addCookies(cookies);
  await context.addInitScript(watchSearch);
  const page = await context.newPage();
  await page.goto(`${origin}/persons`);
  await page.locator('html[data-hydrated]').waitFor();
  const [first, all, after]: [number[], number[], number[]] = [[], [], []];
  let [unfinished, searches] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    for (const query of QUERIES) {
      await personsPage.search(page).fill('');
      await personsPage.rows(page).first().waitFor();
      await personsPage.search(page).pressSequentially(query);
      const handle = await page.waitForFunction(() => window.searched?.all && window.searched);
      const times = await handle.jsonValue();
      if (!times) throw new Error('the search never ended');
      first.push(times.first ?? NaN);
      all.push(times.all ?? NaN);
      if (times.answered !== null && times.first !== null) after.push(times.first - times.answered);
      if (times.unfinished) unfinished += 1;
      searches += 1;
    }
  }
  await control.clearCalls();
  await personsPage.search(page).fill('');
  await personsPage.search(page).pressSequentially('maria aparecida', { delay: 320 });
  await page.waitForFunction(() => window.searched?.all);
  const { items } = await control.calls();
  const cut = items.filter(({ status }) => status === 0).length;
  await context.close();
  return [
    { what: 'last key to first hits', figure: ms(median(first)), note: 'target ≤ 350 ms at 500 persons' },
    { what: 'first answer to first hits', figure: ms(median(after)) },
    { what: 'last key to all hits', figure: ms(median(all)) },
    { what: 'searches that said “so far”', figure: `${unfinished} of ${searches}` },
    { what: 'calls while typing slowly', figure: `${items.length}`, note: `${cut} ended at Omni before their answer` },
  ];
}

declare global {
  interface Window {
    searched?: Watched['searched'];
  }
}

type Watched = {
  searched?: { answered: number | null; first: number | null; all: number | null; unfinished: boolean };
};

/** In the page: times every search from its last key. */
function watchSearch() {
  let key = 0;
  const state: Watched = window;
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    const own = state.searched;
    if (String(asked[0]).startsWith('/api/lookup/persons?') && answer.body) {
      const [ours, theirs] = answer.body.tee();
      void ours
        .getReader()
        .read()
        .then(() => own && (own.answered ??= performance.now() - key))
        .catch(() => undefined);
      return new Response(theirs, answer);
    }
    return answer;
  };
  addEventListener(
    'input',
    () => {
      key = performance.now();
      state.searched = { answered: null, first: null, all: null, unfinished: false };
    },
    true,
  );
  const watch = () => {
    const searched = state.searched;
    const input = document.querySelector<HTMLInputElement>('input[type=search]');
    const status = document.querySelector('[role=status].px-4')?.textContent ?? '';
    if (searched && input?.value && performance.now() - key > 200) {
      if (searched.first === null && document.querySelector('tbody tr')) searched.first = performance.now() - key;
      if (/so far/i.test(status)) searched.unfinished = true;
      if (searched.all === null && /^(no|\d+) results?$/i.test(status)) searched.all = performance.now() - key;
    }
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
}
