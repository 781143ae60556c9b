import 'server-only';
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { readingFresh } from '#lib/omni/cache/read.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { start } from '#lib/operations/run/run.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import type { Lease } from '#lib/operations/run/lease.ts';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { freezer, type FreezePoint } from './freeze.ts';

/**
 * Where the process kills itself with SIGKILL, counted from 1: around a transaction of the journal (1 claims, 2 begins, 3
 * and 4 are the first step's intent and result …), or around a write to Omni.
 */
export type KillPoint = { at: 'transaction' | 'write'; nth: number; when: 'before' | 'after' };

/**
 * The process's one argument, as JSON: `who` runs all `tokens` at once, with `gate` after a byte on stdin. `skewMs`: its clock is so
 * many milliseconds ahead of the machine's.
 */
export type ChildOrder = {
  place: StorePlace;
  url: string;
  key: string;
  tokens: string[];
  kill?: KillPoint;
  who?: string;
  gate?: boolean;
  freeze?: FreezePoint;
  lease?: Lease;
  skewMs?: number;
};

/** Does in this process what its one argument says, with the runner of a room; dies at `kill`. */
export async function runOrder(runnerOf: (db: Store, order: ChildOrder) => Runner): Promise<void> {
  // A process that is killed would leave nothing of it for the next one.
  flushCompileCache();
  const order = JSON.parse(process.argv[2] ?? '{}') as ChildOrder;
  const around = killer(order.kill);
  const freeze = freezer(order.freeze);
  if (order.skewMs) setClockAhead(order.skewMs);
  const db = await openStore(order.place);
  const runner = runnerOf(watchedStore(db, around), order);
  if (order.gate) {
    process.stderr.write('ready');
    await once(process.stdin, 'data');
    process.stdin.destroy();
  }
  const watched: Runner = {
    ...runner,
    ...(order.lease ? { lease: order.lease } : {}),
    omni: (entryId, mayStillSend) =>
      watchedOmni(freeze.watch(runner.omni(entryId, freeze.check(mayStillSend))), around),
  };
  const begun = await Promise.all(order.tokens.map((token) => start(watched, token)));
  await Promise.all(begun.map((started) => (started.is === 'started' ? started.job : undefined)));
  process.stdout.write(`${JSON.stringify(begun)}\n`);
  await db.destroy();
}

function setClockAhead(ms: number): void {
  const now = Date.now;
  Date.now = () => now() + ms;
}

type Around = <T>(at: KillPoint['at'], work: () => Promise<T>) => Promise<T>;

function killer(kill: KillPoint | undefined): Around {
  const counts = { transaction: 0, write: 0 };
  async function dieIf(at: KillPoint['at'], nth: number, when: KillPoint['when']): Promise<void> {
    if (!kill || kill.at !== at || kill.nth !== nth || kill.when !== when) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  }
  return async (at, work) => {
    const nth = (counts[at] += 1);
    await dieIf(at, nth, 'before');
    const done = await work();
    await dieIf(at, nth, 'after');
    return done;
  };
}

function watchedStore(db: Store, around: Around): Store {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') {
        return () => ({ execute: (work: never) => around('transaction', () => target.transaction().execute(work)) });
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function watchedOmni(omni: Omni, around: Around): Omni {
  return readingFresh({
    ...omni,
    request: (call) => (call.method === 'GET' ? omni.request(call) : around('write', () => omni.request(call))),
  });
}
