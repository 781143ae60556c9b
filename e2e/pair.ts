import { randomSecrets, startConsole, type ConsoleOptions, type RunningConsole } from '../scripts/console.ts';
import { freePort } from '../scripts/ports.ts';
import { roundRobin, type RoundRobin } from './round-robin.ts';

/** Two consoles on one PostgreSQL behind one proxy, by their ports. */
export type Pair = {
  proxy: RoundRobin;
  first: number;
  second: number;
  /** What both print. */
  lines: string[];
  of: (port: number) => RunningConsole;
  /** Ends one by SIGKILL; the proxy is not told. */
  kill: (port: number) => Promise<void>;
  /** Starts one again that was killed. */
  revive: (port: number) => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts both and spreads requests over them. They share the build, the secrets and the database, as `docs/deploy.md` asks. */
export async function startPair(servers: string, database: string): Promise<Pair> {
  const proxy = await roundRobin();
  const lines: string[] = [];
  const options: ConsoleOptions = {
    servers,
    storeFile: '/nowhere/console.db',
    secrets: randomSecrets(),
    env: {
      APP_ORIGIN: proxy.origin,
      DATABASE_URL: database,
      TRUSTED_PROXIES: '127.0.0.1',
      SIGN_IN_TRIES: '10000',
    },
    onLine: (text) => lines.push(text),
  };
  const start = async (port: number) => [port, await startConsole({ ...options, port })] as const;
  const [first, second] = [await freePort(), await freePort()];
  const running = new Map(await Promise.all([start(first), start(second)]));
  const of = (port: number): RunningConsole => {
    const found = running.get(port);
    if (!found) throw new Error(`no replica at ${port}`);
    return found;
  };
  proxy.over(first, second);
  return {
    proxy,
    first,
    second,
    lines,
    of,
    kill: async (port) => {
      of(port).child.kill('SIGKILL');
      await of(port).exited;
    },
    revive: async (port) => void running.set(...(await start(port))),
    stop: async () => {
      await Promise.all([...running.values()].map((replica) => replica.stop()));
      await proxy.stop();
    },
  };
}
