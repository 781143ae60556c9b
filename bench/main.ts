import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createControl } from '../sandbox/control-client.ts';
import { DEMO_SECRETS } from '../sandbox/keys-demo.ts';
import { startConsole } from '../scripts/console.ts';
import { freePort } from '../scripts/ports.ts';
import { ROOT, run, startServer, untilReady } from '../scripts/processes.ts';
import { isStale } from '../scripts/stale.ts';
import { installSystemPackages } from '../scripts/system-packages.ts';
import { auditOf, longAudit } from './audit.ts';
import { firstRows, launch, signIn, weigh } from './browser.ts';
import { keysFigures } from './keys.ts';
import { kB, MB, median, ms, residentBytes, table, type Row } from './numbers.ts';
import { searchTimes } from './search.ts';
import { operationOverhead } from './operations.ts';
import { routesList } from './routes.ts';

/** The editor of a route and the question who answers, in the sandbox's known world. */
const INSTANCE = '11111111-1111-4111-8111-111111111111';
const EDITOR = `/routes/${INSTANCE}/fffffff1-0000-4000-8000-000000000001`;
const PAGES = [
  '/persons',
  '/persons?q=Silva',
  '/status',
  '/routes',
  EDITOR,
  `/routes/test?instance=${INSTANCE}`,
  '/keys',
  '/activity',
];
const TARGETS: Record<string, string> = { '/persons': 'target ≤ 180 kB', [EDITOR]: 'target ≤ 210 kB' };

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
const control = createControl(omni);
await untilReady('The sandbox', `${omni}/api/v2/health`, sandbox, 120_000);
const web = await startConsole({ servers: `Demo=${omni}`, storeFile: join(folder, 'bench.db') });
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
    { what: 'overhead', figure: ms(page - list), note: 'target ≤ 8 ms at 500 persons' },
    { what: 'ratio', figure: `${(page / list).toFixed(1)} ×` },
  ];
}

async function calls(cookie: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const path of PAGES) {
    await timed(web.origin + path, { cookie });
    await control.clearCalls();
    await timed(web.origin + path, { cookie });
    const { items } = await control.calls();
    const list = items.map(({ method, path: asked }) => `${method} ${asked.replace('/api/v2', '')}`).join(', ');
    rows.push({ what: path, figure: `${items.length}`, note: list });
  }
  return rows;
}

async function sockets(cookie: string): Promise<Row[]> {
  const before = await control.connections();
  for (let round = 0; round < runs; round++) await timed(`${web.origin}/persons`, { cookie });
  const one = await control.connections();
  await Promise.all(Array.from({ length: 20 }, () => timed(`${web.origin}/persons`, { cookie })));
  const many = await control.connections();
  return [
    { what: `opened by ${runs} pages, one after the other`, figure: `${one.total - before.total}`, note: 'target 0' },
    { what: 'opened by 20 pages at once', figure: `${many.total - one.total}` },
    { what: 'most open at a time', figure: `${many.most}` },
  ];
}

/** Prints figures the console promises; the bench fails when one is missed. */
function judge(title: string, rows: readonly Row[]): void {
  console.log(table(title, rows));
  if (rows.some(({ held }) => held === false)) process.exitCode = 1;
}

try {
  const cookies = await signIn(browser, web.origin, key);
  console.log(
    `\n${persons} persons, medians of ${runs} runs, production build, ${process.version}, all on this machine`,
  );
  console.log(table('Time of a page, side by side', await overhead(header(cookies))));
  console.log(table('An operation, journalled', await operationOverhead(omni, key, folder, runs)));
  console.log(table('Calls to Omni per page, warm', await calls(header(cookies))));
  console.log(table('Sockets to Omni', await sockets(header(cookies))));
  const keyId = await longAudit(control);
  const auditPage = () => timed(`${web.origin}/keys/${keyId}/audit`, { cookie: header(cookies) });
  judge('A hundred thousand calls of a key', await auditOf(control, { url: omni, key, folder, keyId }, auditPage));
  const auditRows = await firstRows(browser, cookies, `${web.origin}/keys/${keyId}/audit`);
  judge('First rows of that page, in an empty browser', [
    { what: 'audit', figure: ms(auditRows), note: 'target ≤ 500 ms', held: auditRows <= 500 },
  ]);
  const weights: Row[] = [];
  for (const path of PAGES) {
    const { script, total, requests } = await weigh(browser, cookies, web.origin + path);
    const note = TARGETS[path];
    weights.push({ what: `${path} JavaScript, gzipped`, figure: kB(script), note });
    weights.push({ what: `${path} everything, ${requests} requests`, figure: kB(total) });
  }
  console.log(table('Weight of a page in an empty browser', weights));
  const times: number[] = [];
  for (let round = 0; round < runs; round++) times.push(await firstRows(browser, cookies, `${web.origin}/persons`));
  console.log(
    table('Navigation to first rows, Chromium, empty cache', [
      { what: '/persons', figure: ms(median(times)), note: 'target ≤ 230 ms on 2 cores' },
    ]),
  );
  judge('Keys', await keysFigures(browser, cookies, web.origin, control, runs));
  console.log(
    table(`Search while typing, ${persons} persons`, await searchTimes(browser, cookies, web.origin, control, 6)),
  );
  console.log(
    table('2,000 routes on 40 instances, Omni at 5 ms a call', await routesList(browser, web.origin, control)),
  );
  console.log(
    table('Memory after all this', [
      { what: 'console', figure: MB(residentBytes(web.child.pid)), note: 'target ≤ 180 MB' },
      { what: 'sandbox', figure: MB(residentBytes(sandbox.child.pid)) },
    ]),
  );
} finally {
  await browser.close();
  await web.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
