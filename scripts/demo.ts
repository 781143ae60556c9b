import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { localSecrets } from '#lib/local-secrets.ts';
import { DEMO_KEYS } from '../sandbox/resources/keys/keys-demo.ts';
import { openStore } from '#lib/store/database.ts';
import { tellStory } from './demo-story.ts';
import { consoleEnv, startConsole } from './servers/console.ts';
import { pickPort } from './servers/ports.ts';
import { machineEnv, ROOT, startServer, untilReady, type Server } from './servers/processes.ts';
import { isStale } from './suites/stale.ts';

const USAGE = 'npm run demo -- [--port 3000] [--sandbox-port 8882] [--persons 500] [--seed 1]';
const data = join(ROOT, '.data');
const running: Server[] = [];
let stopping: Promise<void> | undefined;
let ready = false;

function numberFlag(name: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  console.error(`--${name} must be a number from 1 to ${max}, not "${text}".\n${USAGE}`);
  return process.exit(1);
}

function flags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '3000' },
        'sandbox-port': { type: 'string', default: '8882' },
        persons: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
      },
    });
    return {
      port: numberFlag('port', values.port, 65_535),
      sandboxPort: numberFlag('sandbox-port', values['sandbox-port'], 65_535),
      persons: numberFlag('persons', values.persons, 100_000),
      seed: numberFlag('seed', values.seed, 2 ** 31),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return process.exit(1);
  }
}

/** Both servers are ended, youngest first, and waited for; a second Ctrl+C changes nothing. */
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const server of running.toReversed()) await server.stop();
  })();
  return stopping;
}

async function build(): Promise<void> {
  if (!isStale()) return;
  const log = join(data, 'build.log');
  const started = Date.now();
  console.log('Building the console (only after a change of its source) …');
  const build = startServer([join(ROOT, 'scripts', 'build.ts')], machineEnv());
  running.push(build);
  const reason = await build.exited;
  running.pop();
  writeFileSync(log, build.lines.join('\n'));
  if (stopping) return;
  if (reason !== 'exit code 0') {
    throw new Error(
      `The build failed (${reason}); all of it stands in .data/build.log:\n${build.lines.slice(-30).join('\n')}`,
    );
  }
  console.log(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function port(wanted: number, whose: string): Promise<number> {
  const picked = await pickPort(wanted);
  if (picked !== wanted) console.log(`Port ${wanted} is taken: ${whose} listens on ${picked} instead.`);
  return picked;
}

/** The sandbox begins anew with each start, and so does what the console remembers of it. */
function freshStore(): string {
  const file = join(data, 'demo.db');
  for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
  return file;
}

async function main(): Promise<void> {
  const wanted = flags();
  mkdirSync(data, { recursive: true, mode: 0o700 });
  await build();
  const sandboxPort = await port(wanted.sandboxPort, 'the sandbox');
  const consolePort = await port(wanted.port, 'the console');
  const size = ['--persons', String(wanted.persons), '--seed', String(wanted.seed)];
  const sandbox = startServer([join(ROOT, 'sandbox', 'main.ts'), '--port', String(sandboxPort), ...size], {});
  running.push(sandbox);
  const omni = `http://127.0.0.1:${sandboxPort}`;
  const secrets = localSecrets();
  await untilReady('The sandbox', `${omni}/api/v2/health`, sandbox);
  const options = {
    port: consolePort,
    servers: `Demo=${omni}`,
    storeFile: freshStore(),
    secrets: { session: `1:${secrets.session}`, store: `1:${secrets.store}` },
  };
  Object.assign(process.env, consoleEnv(options, consolePort));
  const store = await openStore({ file: options.storeFile });
  await tellStory(store);
  await store.destroy();
  if (stopping) return;
  const web = await startConsole({
    ...options,
    onLine: (line) => ready && console.log(`  ${line}`),
    onStart: (server) => running.push(server),
  });
  if (stopping) return;
  ready = true;
  const { admin, support, viewer } = DEMO_KEYS;
  console.log(`
  The console is at   ${web.origin}
  The sandbox is at   ${omni}   (an embedded Omni with ${wanted.persons} made-up people)

  Sign in with one of these demo keys:
    admin     ${admin.secret}   everything
    support   ${support.secret}   people and routes, no keys
    viewer    ${viewer.secret}   reads only

  Ctrl+C stops both.
`);
  const first = await Promise.race([
    web.exited.then((reason) => `The console stopped (${reason}).`),
    sandbox.exited.then((reason) => `The sandbox stopped (${reason}).`),
  ]);
  if (stopping) return;
  throw new Error(`${first}\n${[...web.lines.slice(-10), ...sandbox.lines.slice(-10)].join('\n')}`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stopping) console.log('\nStopping …');
    void stopAll().then(() => {
      console.log('Stopped.');
      process.exit(0);
    });
  });
}
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 1000).unref();

try {
  await main();
  await stopping;
} catch (error) {
  if (!stopping) {
    console.error(error instanceof Error ? error.message : error);
    await stopAll();
    process.exit(1);
  }
  await stopping;
}
