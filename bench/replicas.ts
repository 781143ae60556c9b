import { Agent, get } from 'node:http';
import { availableParallelism } from 'node:os';
import type { Browser } from '@playwright/test';
import { testPostgres } from '#lib/store/testing/postgres.ts';
import type { Control } from '../sandbox/wire/control/control-client.ts';
import { startPair, type ConsolePair } from '../e2e/fixtures/servers/pair.ts';
import { signIn } from './browser.ts';
import { median, ms, type Figure } from './numbers.ts';
import { keepTo, limitTo, machineProcessor, ownProcessor, processesNamed, processorOf } from './processor.ts';

const PAGES = ['/persons', '/routes', '/keys', '/activity'];
const AT_ONCE = 8;
const ROUND_MS = 4000;
const ROUNDS = 5;
/** Of a core, for each replica: all that a page takes elsewhere fits beside two of them on two cores. */
const SHARE = 0.4;

type Load = { origin: string; cookie: string; agent: Agent };
type Spent = { consoles: number; main: number; sandbox: number; postgres: number; generator: number; machine: number };
type Round = { rate: number; seconds: number; pages: number; spent: Spent };

function page({ origin, cookie, agent }: Load, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': 'gzip' };
    get(origin + path, { agent, headers }, (answer) => {
      answer.resume().on('end', resolve).on('error', reject);
      if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}`));
    }).on('error', reject);
  });
}

/** Eight browsers that ask for one page after the other, for four seconds. */
async function round(load: Load, readSpent: () => Spent): Promise<Round> {
  const [before, started] = [readSpent(), performance.now()];
  let pages = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      for (let turn = lane; performance.now() - started < ROUND_MS; turn += 1) {
        await page(load, PAGES[turn % PAGES.length] ?? '/');
        pages += 1;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const after = readSpent();
  const spent = (name: keyof Spent) => after[name] - before[name];
  return {
    rate: pages / seconds,
    seconds,
    pages,
    spent: {
      consoles: spent('consoles'),
      main: spent('main'),
      sandbox: spent('sandbox'),
      postgres: spent('postgres'),
      generator: spent('generator'),
      machine: spent('machine'),
    },
  };
}

/** Milliseconds of processor a page took, over all these rounds. */
function perPage(rounds: readonly Round[], name: keyof Spent): number {
  const sum = (pick: (one: Round) => number) => rounds.reduce((total, one) => total + pick(one), 0);
  return (1000 * sum(({ spent }) => spent[name])) / sum(({ pages }) => pages);
}

const rateOf = (rounds: readonly Round[]) => median(rounds.map(({ rate }) => rate));
const rate = (value: number) => `${value.toFixed(1)} /s`;
const times = (value: number) => `${value.toFixed(2)} ×`;

/** One console against two behind the same proxy, in turns: pages a second, and what of the machine a page takes. */
export async function replicas(
  browser: Browser,
  omni: { url: string; pid: number | undefined; control: Control },
  key: string,
): Promise<Figure[]> {
  const postgres = await testPostgres();
  if (!postgres) return [{ what: 'not measured', figure: '', note: 'there is no PostgreSQL on this machine' }];
  const database = await postgres.newDatabase();
  const pair = await startPair(`Demo=${omni.url}`, database);
  try {
    await omni.control.rateLimit(1_000_000);
    const cookies = await signIn(browser, pair.proxy.origin, key);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const agent = new Agent({ keepAlive: true });
    const measured = await measure(pair, { origin: pair.proxy.origin, cookie, agent }, omni.pid, new URL(database));
    agent.destroy();
    return rowsOf(measured);
  } finally {
    await omni.control.rateLimit(1000);
    await pair.stop();
    postgres.stop();
  }
}

type How = 'free' | 'kept' | 'share';
type Measured = Record<How, Record<'one' | 'two', Round[]>>;

async function measure(pair: ConsolePair, load: Load, sandbox: number | undefined, database: URL): Promise<Measured> {
  const { proxy, first, second } = pair;
  const pids = [first, second].map((port) => pair.of(port).child.pid);
  const last = availableParallelism() - 1;
  const readSpent = (): Spent => {
    const both = pids.map(processorOf);
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    return {
      consoles: total(both.map(({ all }) => all)),
      main: total(both.map(({ main }) => main)),
      sandbox: processorOf(sandbox).all,
      postgres: total(processesNamed(` ${database.pathname.slice(1)} `).map((pid) => processorOf(pid).all)),
      generator: ownProcessor(),
      machine: machineProcessor(),
    };
  };
  const measured: Measured = {
    free: { one: [], two: [] },
    kept: { one: [], two: [] },
    share: { one: [], two: [] },
  };
  await round(load, readSpent);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const how of ['free', 'kept', 'share'] as const) {
      const free = conditions(how, pids, last);
      if (!free) continue;
      for (const many of turn % 2 ? (['two', 'one'] as const) : (['one', 'two'] as const)) {
        proxy.over(...(many === 'two' ? [first, second] : [first]));
        measured[how][many].push(await round(load, readSpent));
      }
      free();
    }
  }
  return measured;
}

/** What the replicas may have of the machine; answers what gives all of it back, null where the machine can't do that. */
function conditions(how: How, pids: readonly (number | undefined)[], last: number): (() => void) | null {
  const all = () => pids.forEach((pid) => keepTo(pid, `0-${last}`));
  if (how === 'free') return all;
  if (how === 'kept') {
    if (last === 0 || !pids.every((pid, at) => keepTo(pid, String(Math.min(at, last))))) return null;
    return all;
  }
  const limits = pids.map((pid) => limitTo(pid, SHARE));
  const free = () => limits.forEach((end) => end?.());
  if (limits.every(Boolean)) return free;
  free();
  return null;
}

function rowsOf({ free, kept, share }: Measured): Figure[] {
  const cores = availableParallelism();
  const all = [...free.one, ...free.two];
  const [consoles, main] = [perPage(all, 'consoles'), perPage(all, 'main')];
  const others = perPage(all, 'sandbox') + perPage(all, 'postgres') + perPage(all, 'generator');
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0);
  const pages = all.reduce((sum, one) => sum + one.pages, 0);
  const foreign = (perPage(all, 'machine') - consoles - others) * (pages / seconds / 1000);
  const pair = (what: string, { one, two }: Record<'one' | 'two', Round[]>): Figure[] => [
    { what: `${what}: one`, figure: rate(rateOf(one)) },
    { what: `${what}: two`, figure: rate(rateOf(two)) },
    { what: `${what}: ratio`, figure: times(rateOf(two) / rateOf(one)), note: 'target ≥ 1.8 ×' },
  ];
  return [
    ...pair('all cores for all', free),
    ...(kept.one.length > 0 ? pair('each replica kept to a core of its own', kept) : []),
    ...(share.one.length > 0 ? pair(`each replica given ${SHARE} of a core, so that all fit`, share) : []),
    {
      what: 'processor of a page: consoles',
      figure: ms(consoles),
      note: `${ms(main)} of it in the thread that renders`,
    },
    { what: 'processor of a page: sandbox', figure: ms(perPage(all, 'sandbox')) },
    { what: 'processor of a page: PostgreSQL', figure: ms(perPage(all, 'postgres')) },
    { what: 'processor of a page: load generator and proxy', figure: ms(perPage(all, 'generator')) },
    {
      what: `most these ${cores} cores allow, all of them ours`,
      figure: times(Math.min(2, (cores * main) / (consoles + others))),
      note: 'one renders in one thread, two share what the rest leaves',
    },
    { what: 'taken by other processes meanwhile', figure: `${foreign.toFixed(2)} cores` },
  ];
}
