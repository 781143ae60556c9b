import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createControl } from '../sandbox/wire/control/control-client.ts';
import { DEMO_SECRETS } from '../sandbox/resources/keys/keys-demo.ts';
import { flagsFor } from '../scripts/flags.ts';
import { startConsole } from '../scripts/servers/console.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { ROOT, run, startServer, untilReady } from '../scripts/servers/processes.ts';
import { isStale } from '../scripts/suites/stale.ts';
import { installSystemPackages } from '../scripts/suites/system-packages.ts';
import { directoryFigures } from './directory.ts';
import { auditOf, longAudit } from './audit.ts';
import { firstRows, launch, signIn, weigh, type BrowserCookies } from './browser.ts';
import { firstPath } from './first-path.ts';
import { load } from './load.ts';
import { against } from './moves/against.ts';
import { INTERACTIONS, interactions } from './moves/interaction.ts';
import { moving } from './moves/moving.ts';
import { lighthouseScores } from './lighthouse.ts';
import { keysFigures } from './keys.ts';
import { kB, MB, median, ms, residentBytes, table, type Figure } from './numbers.ts';
import { operationOverhead } from './operations.ts';
import { pageTimes } from './page-times.ts';
import { replicas } from './replicas.ts';
import { routesList } from './routes.ts';

/** The editor of a route and the question who answers, in the sandbox's known world. */
const INSTANCE = '11111111-1111-4111-8111-111111111111';
const EDITOR = `/routes/${INSTANCE}/fffffff1-0000-4000-8000-000000000001`;
const PAGES = [
  '/',
  '/persons',
  '/persons?q=Silva',
  '/status',
  '/routes',
  EDITOR,
  `/routes/test?instance=${INSTANCE}`,
  '/keys',
  '/activity',
];
/** Lists, then editors and wizards, with their budget in kB. */
const WEIGHED: readonly [string, number][] = [
  ...PAGES.filter((path) => path !== EDITOR).map((path): [string, number] => [path, 180]),
  [EDITOR, 210],
  ['/routes/new', 210],
  ['/keys/new', 210],
  ['/keys/rotate', 210],
  ['/persons/merge', 210],
];

const USAGE =
  'npm run bench -- [--persons 500] [--runs 40] [--only part,part] [--against URL --against-key KEY] [--people 500]\n\nThe figures of the console beside those of the bare API and of an empty page; of another web UI with --against.';
const { values } = flagsFor(USAGE, {
  persons: { type: 'string', default: '500' },
  runs: { type: 'string', default: '40' },
  only: { type: 'string' },
  against: { type: 'string' },
  'against-key': { type: 'string' },
  people: { type: 'string', default: '500' },
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

async function calls(cookie: string): Promise<Figure[]> {
  const rows: Figure[] = [];
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

async function sockets(cookie: string): Promise<Figure[]> {
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

async function audit(cookies: BrowserCookies): Promise<Figure[]> {
  const keyId = await longAudit(control);
  const page = `${web.origin}/keys/${keyId}/audit`;
  const rows = await auditOf(control, { url: omni, key, folder, keyId }, () =>
    timed(page, { cookie: header(cookies) }),
  );
  const shown = await firstRows(browser, cookies, page);
  const first = { what: 'first rows of the page, empty browser', figure: ms(shown), note: 'target ≤ 500 ms' };
  return [...rows, { ...first, held: shown <= 500 }];
}

async function weights(cookies: BrowserCookies): Promise<Figure[]> {
  const rows: Figure[] = [];
  for (const [path, target] of WEIGHED) {
    const { script, total, requests } = await weigh(browser, cookies, web.origin + path);
    rows.push({ what: `${path} JavaScript, gzipped`, figure: kB(script), note: `target ≤ ${target} kB` });
    rows.push({ what: `${path} everything, ${requests} requests`, figure: kB(total) });
  }
  return rows;
}

async function rowsInEmptyBrowser(cookies: BrowserCookies): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < runs; round++) times.push(await firstRows(browser, cookies, `${web.origin}/persons`));
  return [{ what: '/persons', figure: ms(median(times)), note: 'target ≤ 230 ms on 2 cores' }];
}

const LIGHTHOUSE = ['/login', '/persons', '/routes', '/keys'];

type Part = { title: string; rows: (cookies: BrowserCookies) => Promise<Figure[]> };

/** What is measured, by the name `--only` takes. */
const PARTS: Record<string, Part> = {
  page: {
    title: 'Time of a page, side by side',
    rows: (cookies) => pageTimes({ omni, origin: web.origin, key, cookie: header(cookies), runs }),
  },
  operation: { title: 'An operation, journalled', rows: () => operationOverhead(omni, key, folder, runs) },
  calls: { title: 'Calls to Omni per page, warm', rows: (cookies) => calls(header(cookies)) },
  sockets: { title: 'Sockets to Omni', rows: (cookies) => sockets(header(cookies)) },
  audit: { title: 'A hundred thousand calls of a key', rows: audit },
  weight: { title: 'Weight of a page in an empty browser', rows: weights },
  rows: { title: 'Navigation to first rows, Chromium, empty cache', rows: rowsInEmptyBrowser },
  keys: { title: 'Keys', rows: (cookies) => keysFigures(browser, cookies, web.origin, control, runs) },
  directory: {
    title: `The directory at hand and searching in it, ${persons} persons`,
    rows: (cookies) =>
      directoryFigures({ browser, cookies, origin: web.origin, omni, key, control, pid: web.child.pid, rounds: 3 }),
  },
  routes: {
    title: '2,000 routes on 40 instances, Omni at 5 ms a call',
    async rows() {
      const rows = await routesList(browser, web.origin, control);
      await control.reset({ persons });
      return rows;
    },
  },
  interaction: {
    title: 'Interaction to next paint, processor 4 × slower',
    rows: (cookies) => interactions(browser, cookies, web.origin, INTERACTIONS),
  },
  moving: {
    title:
      'Moving between pages, click to frame, a press of 70 ms; at once or after half a second on the link; and back',
    rows: (cookies) =>
      moving(
        browser,
        cookies,
        web.origin,
        { control, straight: () => timed(`${omni}/api/v2/persons?limit=21`, { 'x-api-key': key }) },
        runs,
      ),
  },
  path: {
    title: 'The first hour, clicks + key presses',
    rows: () => firstPath(browser, web.origin, DEMO_SECRETS.admin),
  },
  lighthouse: {
    title: 'Lighthouse, desktop preset',
    rows: (cookies) =>
      lighthouseScores(
        LIGHTHOUSE.map((path) => ({ path, cookies: path === '/login' ? [] : cookies })),
        web.origin,
      ),
  },
  replicas: {
    title: 'Two replicas on one PostgreSQL behind a round-robin proxy, eight browsers on four lists in turn',
    rows: () => replicas(browser, { url: omni, pid: sandbox.child.pid, control }, key),
  },
  load: {
    title: 'Many people at once',
    rows: async (cookies) => {
      // They have one key here, and Omni's limit is a key's.
      await control.rateLimit(1_000_000);
      const people = Number(values.people);
      const rows = await load({ origin: web.origin, cookie: header(cookies), people, pid: web.child.pid });
      await control.rateLimit(1000);
      return rows;
    },
  },
  against: {
    title: 'The same movements on another web UI',
    rows: async () => {
      const url = values.against;
      if (url === undefined) return [{ what: 'no other web UI was named', figure: '—', note: '--against URL' }];
      const other = { name: new URL(url).host, url, key: values['against-key'] ?? key };
      return against(browser, [{ name: 'the console', url: web.origin, key }, other], Math.min(runs, 30));
    },
  },
  memory: {
    title: 'Memory after all this',
    rows: async () => [
      { what: 'console', figure: MB(residentBytes(web.child.pid)), note: 'target ≤ 180 MB' },
      { what: 'sandbox', figure: MB(residentBytes(sandbox.child.pid)) },
    ],
  },
};

/** Prints figures; the bench fails when one that the console promises is missed. */
function judge(title: string, rows: readonly Figure[]): void {
  console.log(table(title, rows));
  if (rows.some(({ held }) => held === false)) process.exitCode = 1;
}

try {
  const only = values.only?.split(',') ?? (values.against ? ['against'] : Object.keys(PARTS));
  const cookies = await signIn(browser, web.origin, key);
  console.log(
    `\n${persons} persons, medians of ${runs} runs, production build, ${process.version}, all on this machine`,
  );
  for (const [name, { title, rows }] of Object.entries(PARTS)) {
    if (only.includes(name)) judge(title, await rows(cookies));
  }
} finally {
  await browser.close();
  await web.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
