import type { Browser, Page } from '@playwright/test';
import { personsPage } from '../e2e/pom/persons.ts';
import type { Control } from '../sandbox/wire/control/control-client.ts';
import type { BrowserCookies } from './browser.ts';
import { MB, median, ms, residentBytes, type Figure } from './numbers.ts';

const QUERIES = ['joao silva', 'maria', '98765', 'souza', 'pereira'];
const SLOWLY = 'joao silva';
const MOST_MEMORY = 40e6;

type Bench = {
  browser: Browser;
  cookies: BrowserCookies;
  origin: string;
  /** The Omni behind it, and a key to ask it with. */
  omni: string;
  key: string;
  control: Control;
  pid: number | undefined;
  rounds: number;
};

/** Reading the whole directory, finding in it beside Omni's own search in the same minute, and grouping who is listed twice. */
export async function directoryFigures(bench: Bench): Promise<Figure[]> {
  const { browser, cookies, origin, omni, key, control, pid, rounds } = bench;
  await control.rateLimit(1000);
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addCookies(cookies);
  await context.addInitScript(watchFirstHits);
  const page = await context.newPage();
  await page.goto(`${origin}/persons`);
  await page.locator('html[data-hydrated]').waitFor();
  const before = residentBytes(pid);
  await control.clearCalls();
  const begun = performance.now();
  await page.goto(`${origin}/persons?sort=name`);
  const whole = page.getByText(/people as of/);
  await whole.waitFor({ timeout: 300_000 });
  const built = performance.now() - begun;
  const { items } = await control.calls();
  const memory = residentBytes(pid) - before;
  const people = (await whole.textContent())?.replace(/ people as of.*/, '') ?? '';

  // Typing this fast for minutes, nobody would have calls left.
  await control.rateLimit(1_000_000);
  await page.goto(`${origin}/persons`);
  await page.locator('html[data-hydrated]').waitFor();
  const [first, all, own]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    for (const query of QUERIES) {
      await personsPage.search(page).fill('');
      await personsPage.rows(page).first().waitFor();
      await personsPage.search(page).pressSequentially(query, { delay: 60 });
      const times = await endOf(page, query);
      first.push(times?.first ?? NaN);
      all.push(times?.all ?? NaN);
      const asked = performance.now();
      const url = `${omni}/api/v2/persons?limit=100&search=${encodeURIComponent(query)}`;
      await (await fetch(url, { headers: { 'x-api-key': key } })).arrayBuffer();
      own.push(performance.now() - asked);
    }
  }
  await control.clearCalls();
  await personsPage.search(page).fill('');
  await personsPage.search(page).pressSequentially(SLOWLY, { delay: 320 });
  await endOf(page, SLOWLY);
  const slowly = (await control.calls()).items;
  const groups: number[] = [];
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (let round = 0; round < rounds; round++) {
    const asked = performance.now();
    await (await fetch(`${origin}/persons/duplicates`, { headers: { cookie } })).arrayBuffer();
    groups.push(performance.now() - asked);
  }
  await context.close();
  return [
    { what: `${people} people read`, figure: ms(built), note: `${items.length} calls of 1,000 a minute` },
    {
      what: 'memory of the console, grown by',
      figure: MB(memory),
      note: 'target ≤ 40 MB; resident, garbage included',
      held: memory <= MOST_MEMORY,
    },
    {
      what: 'last key to first hits, in-page clock',
      figure: ms(median(first)),
      note: 'target ≤ 50 ms',
      held: median(first) <= 50,
    },
    { what: 'slowest of these', figure: ms(Math.max(...first)) },
    { what: 'Omni’s own search, straight, in the same run', figure: ms(median(own)) },
    { what: 'last key to all hits, Omni’s too', figure: ms(median(all)), note: '80 ms of rest included' },
    {
      what: `calls while “${SLOWLY}” is typed slowly`,
      figure: `${slowly.length}`,
      note: `${slowly.filter(({ status }) => status === 0).length} ended at Omni before their answer`,
    },
    {
      what: 'page of all duplicates, the first time',
      figure: ms(groups[0] ?? NaN),
      note: 'target ≤ 1,000 ms',
      held: (groups[0] ?? NaN) <= 1000,
    },
    { what: 'again', figure: ms(median(groups)) },
  ];
}

async function endOf(page: Page, query: string) {
  const handle = await page
    .waitForFunction(
      (text) => {
        const { found } = window as unknown as Watched;
        return found?.query === text && found.first !== null && found.all !== null ? found : null;
      },
      query,
      { timeout: 20_000 },
    )
    .catch(async () => {
      const found = await page.evaluate(() => (window as unknown as Watched).found);
      throw new Error(`the search for ${query} never ended: ${JSON.stringify(found)}`);
    });
  return handle.jsonValue();
}

type Watched = { found?: { query: string; first: number | null; all: number | null } };

/** In the page: from each key to the moment that the first hit of its answer stands first in the list, and to the end of the answer. */
function watchFirstHits() {
  const state = window as unknown as Watched;
  const ask = window.fetch;
  let key = 0;
  addEventListener(
    'input',
    ({ target }) => {
      key = performance.now();
      state.found = { query: (target as HTMLInputElement).value, first: null, all: null };
    },
    true,
  );
  const seen = (id: string, own: NonNullable<Watched['found']>) => {
    const link = document.querySelector('tbody tr a[href^="/persons/"]');
    if (link?.getAttribute('href') === `/persons/${id}`) own.first ??= performance.now() - key;
    else if (state.found === own) requestAnimationFrame(() => seen(id, own));
  };
  window.fetch = async (...asked) => {
    const own = state.found;
    const answer = await ask(...asked);
    if (!own || !String(asked[0]).startsWith('/api/lookup/persons?') || !answer.body) return answer;
    const [ours, theirs] = answer.body.tee();
    const watch = async () => {
      const reader = ours.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      let told = false;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        text += value;
        const line = text.includes('\n') ? text.slice(0, text.indexOf('\n')) : null;
        const id = told || line === null ? undefined : (JSON.parse(line) as { rows: { id: string }[] }).rows[0]?.id;
        if (id !== undefined) seen(id, own);
        told ||= line !== null;
      }
      if (state.found === own) own.all = performance.now() - key;
    };
    void watch().catch(() => undefined);
    return new Response(theirs, answer);
  };
}
