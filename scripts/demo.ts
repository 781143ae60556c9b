import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localSecrets } from '#lib/local-secrets.ts';
import { DEMO_KEYS } from '../sandbox/resources/keys/keys-demo.ts';
import { openStore } from '#lib/store/database.ts';
import { tellStory } from './demo-story.ts';
import { consoleEnv, startConsole } from './servers/console.ts';
import { machineEnv, ROOT, startServer } from './servers/processes.ts';
import { DATA, flagsOf, portFor, runTogether, startSandboxFor, type Together } from './servers/together.ts';
import { isStale } from './suites/stale.ts';

const wanted = flagsOf(
  'demo',
  'Builds the console if its source changed, starts it beside an embedded Omni with made-up people, and prints keys to sign in with.',
);

async function build({ start, leave, stopping }: Together): Promise<void> {
  if (!isStale()) return;
  const log = join(DATA, 'build.log');
  const started = Date.now();
  console.log('Building the console (only after a change of its source) …');
  const build = start(startServer([join(ROOT, 'scripts', 'build.ts')], machineEnv()));
  const reason = await build.exited;
  leave(build);
  writeFileSync(log, build.lines.join('\n'));
  if (stopping()) return;
  if (reason !== 'exit code 0') {
    throw new Error(
      `The build failed (${reason}); all of it stands in .data/build.log:\n${build.lines.slice(-30).join('\n')}`,
    );
  }
  console.log(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** The sandbox begins anew with each start, and so does what the console remembers of it. */
function freshStore(): string {
  const file = join(DATA, 'demo.db');
  for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
  return file;
}

await runTogether(async (all) => {
  await build(all);
  const { omni, sandbox } = await startSandboxFor(all, wanted);
  const consolePort = await portFor(wanted.port, 'the console');
  const secrets = localSecrets();
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
  if (all.stopping()) return;
  let ready = false;
  const web = await startConsole({
    ...options,
    onLine: (line) => ready && console.log(`  ${line}`),
    onStart: all.start,
  });
  if (all.stopping()) return;
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
  if (all.stopping()) return;
  throw new Error(`${first}\n${[...web.lines.slice(-10), ...sandbox.lines.slice(-10)].join('\n')}`);
});
