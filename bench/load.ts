import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { MB, ms, residentBytes, type Figure } from './numbers.ts';

const PATHS = ['/persons', '/routes', '/keys', '/activity', '/status'];
const BETWEEN_MS = 10_000;
const LASTS_MS = 60_000;
const LIVE_EVERY_MS = 250;
const CONNECTIONS = 200;

type Load = { origin: string; cookie: string; people: number; pid: number | undefined };

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Milliseconds that an address took; NaN where it did not answer 200. */
async function took(url: string, headers: Record<string, string> = {}): Promise<number> {
  const begun = performance.now();
  try {
    const answer = await fetch(url, { headers, redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status === 200 ? performance.now() - begun : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

/**
 * So many people who open one list after the other with ten seconds between two clicks, for a minute; whether the process still says that
 * it lives meanwhile. Then 200 connections that ask without a pause, for the memory they take and what is left half a minute later.
 */
export async function load({ origin, cookie, people, pid }: Load): Promise<Figure[]> {
  const [before] = loadavg();
  const [pages, live]: [number[], number[]] = [[], []];
  const until = performance.now() + LASTS_MS;
  const person = async (number: number) => {
    await sleep((BETWEEN_MS * number) / people);
    for (let click = number; performance.now() < until; click += 1) {
      pages.push(await took(origin + (PATHS[click % PATHS.length] ?? '/'), { cookie }));
      await sleep(BETWEEN_MS);
    }
  };
  const watch = async () => {
    for (; performance.now() < until; await sleep(LIVE_EVERY_MS)) live.push(await took(`${origin}/api/health/live`));
  };
  const rest = residentBytes(pid);
  await Promise.all([watch(), ...Array.from({ length: people }, (_, number) => person(number))]);
  const good = pages.filter(Number.isFinite);
  const [after] = loadavg();

  let most = 0;
  const begun = performance.now();
  const end = begun + LASTS_MS / 3;
  let answered = 0;
  const connection = async (number: number) => {
    for (let click = number; performance.now() < end; click += 1) {
      if (Number.isFinite(await took(origin + (PATHS[click % PATHS.length] ?? '/'), { cookie }))) answered += 1;
      most = Math.max(most, residentBytes(pid));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, number) => connection(number)));
  const seconds = (performance.now() - begun) / 1000;
  await sleep(30_000);
  return [
    { what: 'load average of the machine, before and after', figure: `${before?.toFixed(1)}, ${after?.toFixed(1)}` },
    { what: `pages opened by ${people} people`, figure: `${pages.length}` },
    { what: 'without an answer', figure: `${pages.length - good.length}`, note: 'target 0' },
    { what: 'page, median', figure: ms(quantile(good, 0.5)) },
    { what: 'page, p95', figure: ms(quantile(good, 0.95)), note: 'target ≤ 500 ms' },
    { what: '/api/health/live, p95', figure: ms(quantile(live.filter(Number.isFinite), 0.95)), note: 'target ≤ 50 ms' },
    { what: 'memory before', figure: MB(rest), note: 'target ≤ 160 MB' },
    { what: `memory under ${CONNECTIONS} connections, most`, figure: MB(most), note: 'target ≤ 350 MB' },
    { what: 'memory 30 s later', figure: MB(residentBytes(pid)), note: 'target ≤ 220 MB' },
    { what: 'pages a second meanwhile', figure: (answered / seconds).toFixed(0) },
  ];
}
