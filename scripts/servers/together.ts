import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { flagsFor, numberFlag } from '../flags.ts';
import { pickPort } from './ports.ts';
import { ROOT, startServer, untilReady, type Server } from './processes.ts';

/** Where demo and development keep what they make. */
export const DATA = join(ROOT, '.data');

type Wanted = { port: number; sandboxPort: number; persons: number; seed: number };

/** Servers that live and die together; `stopping` is set once somebody ends them. */
export type Together = {
  start: (server: Server) => Server;
  leave: (server: Server) => void;
  stopping: () => boolean;
};

/** The flags of demo and development. */
export function flagsOf(name: string, about: string): Wanted {
  const usage = `npm run ${name} -- [--port 3000] [--sandbox-port 8882] [--persons 500] [--seed 1]\n\n${about}`;
  const { values } = flagsFor(usage, {
    port: { type: 'string', default: '3000' },
    'sandbox-port': { type: 'string', default: '8882' },
    persons: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  });
  return {
    port: numberFlag(usage, 'port', values.port, 65_535),
    sandboxPort: numberFlag(usage, 'sandbox-port', values['sandbox-port'], 65_535),
    persons: numberFlag(usage, 'persons', values.persons, 100_000),
    seed: numberFlag(usage, 'seed', values.seed, 2 ** 31),
  };
}

/** The wanted port, or the next free one, which is said. */
export async function portFor(wanted: number, whose: string): Promise<number> {
  const picked = await pickPort(wanted);
  if (picked !== wanted) console.log(`Port ${wanted} is taken: ${whose} listens on ${picked} instead.`);
  return picked;
}

/** Starts the embedded Omni and answers with its address once it can be asked. */
export async function startSandboxFor({ start }: Together, wanted: Wanted): Promise<{ omni: string; sandbox: Server }> {
  const port = await portFor(wanted.sandboxPort, 'the sandbox');
  const size = ['--persons', String(wanted.persons), '--seed', String(wanted.seed)];
  const sandbox = start(startServer([join(ROOT, 'sandbox', 'main.ts'), '--port', String(port), ...size], {}));
  const omni = `http://127.0.0.1:${port}`;
  await untilReady('The sandbox', `${omni}/api/v2/health`, sandbox);
  return { omni, sandbox };
}

/**
 * Runs `main` until one of its servers ends or somebody ends this process (also by closing the terminal): all servers are then
 * ended, youngest first, and waited for. A second Ctrl+C changes nothing.
 */
export async function runTogether(main: (all: Together) => Promise<void>): Promise<void> {
  mkdirSync(DATA, { recursive: true, mode: 0o700 });
  const running: Server[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = () =>
    (stopping ??= (async () => {
      for (const server of running.toReversed()) await server.stop();
    })());
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
    await main({
      start: (server) => {
        running.push(server);
        return server;
      },
      leave: (server) => void running.splice(running.indexOf(server), 1),
      stopping: () => stopping !== undefined,
    });
  } catch (error) {
    if (!stopping) {
      console.error(error instanceof Error ? error.message : error);
      await stopAll();
      process.exit(1);
    }
  }
  await stopping;
}
