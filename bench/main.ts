import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_SECRETS } from '../sandbox/keys-demo.ts';
import { startConsole } from '../scripts/console.ts';
import { freePort } from '../scripts/ports.ts';
import { ROOT, run, startServer, untilReady } from '../scripts/processes.ts';
import { isStale } from '../scripts/stale.ts';
import { installSystemPackages } from '../scripts/system-packages.ts';
import { firstRows, launch, signIn, weigh } from './browser.ts';
import { kB, MB, median, ms, residentBytes, table, type Row } from './numbers.ts';
import { startRelay } from './relay.ts';

const PAGES = ['/persons', '/persons?q=Silva', '/status', '/routes', '/keys', '/activity'];

const { values } = parseArgs({
  options: { persons: { type: 'string', default: '500' }, runs: { type: 'string', default: '40' } },
});
const persons = Number(values.persons);
const runs = Math.max(30, Number(values.runs));

await installSystemPackages();
if (isStale() && (await run(process.execPath, ['scripts/build.ts'])) !== 0) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'omni-bench-'));
const sandboxPort = await freePort();
const omni = `http://127.0.0.1:${sandboxPort}`;
const sandbox = startServer(
  [join(ROOT, 'sandbox', 'main.ts'), '--port', String(sandboxPort), '--persons', String(persons)],
  {},
);
const relay = await startRelay(omni);
await untilReady('The sandbox', `${omni}/api/v2/health`, sandbox, 120_000);
const web = await startConsole({ servers: `Direct=${omni},Counted=${relay.url}`, storeFile: join(folder, 'bench.db') });
const browser = await launch();
const key = DEMO_SECRETS.admin;

async function timed(url: string, headers: Record<string, string>): Promise<number> {
  const started = performance.now();
  const answer = await fetch(url, { headers, redirect: 'manual' });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - started;
}

function header(cookies: { name: string; value: string }[]): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

async function overhead(cookie: string): Promise<Row[]> {
  const here: number[] = [];
  const straight: number[] = [];
  for (let round = -5; round < runs; round++) {
    const list = await timed(`${omni}/api/v2/persons?limit=21`, { 'x-api-key': key });
    const page = await timed(`${web.origin}/persons`, { cookie });
    if (round >= 0) {
      straight.push(list);
      here.push(page);
    }
  }
  const [page, list] = [median(here), median(straight)];
  return [
    { what: '/persons through the console', figure: ms(page) },
    { what: 'the same list straight from Omni', figure: ms(list) },
    { what: 'overhead', figure: ms(page - list), target: '≤ 8 ms at 500 persons' },
    { what: 'ratio', figure: `${(page / list).toFixed(1)} ×` },
  ];
}

async function calls(cookie: string): Promise<Row[]> {
  const rows: Row[] = [];
  let sockets = 0;
  for (const path of PAGES) {
    await timed(web.origin + path, { cookie });
    relay.reset();
    await timed(web.origin + path, { cookie });
    sockets += relay.seen.sockets;
    rows.push({
      what: path,
      figure: `${relay.seen.calls.length} calls`,
      target: relay.seen.calls.join(', ') || 'none',
    });
  }
  relay.reset();
  for (let round = 0; round < runs; round++) await timed(`${web.origin}/persons`, { cookie });
  rows.push({
    what: `sockets opened by ${runs} more /persons`,
    figure: `${relay.seen.sockets + sockets}`,
    target: '0',
  });
  return rows;
}

try {
  const direct = await signIn(browser, web.origin, 'Direct', key);
  const counted = await signIn(browser, web.origin, 'Counted', key);
  console.log(
    `\n${persons} persons, medians of ${runs} runs, production build, ${process.version}, all on this machine`,
  );
  console.log(table('Time of a page, side by side', await overhead(header(direct))));
  console.log(table('Calls to Omni per page, warm', await calls(header(counted))).replaceAll('(target ', '('));
  const weights: Row[] = [];
  for (const path of PAGES) {
    const { script, total, requests } = await weigh(browser, direct, web.origin + path);
    const target = path === '/persons' ? '≤ 180 kB' : undefined;
    weights.push({ what: `${path} JavaScript, gzipped`, figure: kB(script), target });
    weights.push({ what: `${path} everything, ${requests} requests`, figure: kB(total) });
  }
  console.log(table('Weight of a page in an empty browser', weights));
  const times: number[] = [];
  for (let round = 0; round < runs; round++) times.push(await firstRows(browser, direct, `${web.origin}/persons`));
  console.log(
    table('Navigation to first rows, Chromium, empty cache', [
      { what: '/persons', figure: ms(median(times)), target: '≤ 230 ms on 2 cores' },
    ]),
  );
  console.log(
    table('Memory after all this', [
      { what: 'console', figure: MB(residentBytes(web.child.pid)), target: '≤ 180 MB' },
      { what: 'sandbox', figure: MB(residentBytes(sandbox.child.pid)) },
    ]),
  );
} finally {
  await browser.close();
  await web.stop();
  await relay.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
