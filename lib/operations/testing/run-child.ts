import 'server-only';
import { once } from 'node:events';
import { readingFresh } from '#lib/omni/read.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { start } from '#lib/operations/run.ts';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { runnerFor } from './bed.ts';

/**
 * Where the process kills itself with SIGKILL, counted from 1: around a transaction of the journal (1 claims, 2 begins, 3
 * and 4 are the first step's intent and outcome …), or around a write to Omni.
 */
export type KillPoint = { at: 'transaction' | 'write'; nth: number; when: 'before' | 'after' };

/** What the process is told in its one argument, as JSON: `who` runs all `tokens` at once, with `gate` after a byte on stdin. */
export type ChildOrder = {
  place: StorePlace;
  url: string;
  key: string;
  tokens: string[];
  kill?: KillPoint;
  who?: string;
  gate?: boolean;
};

const order = JSON.parse(process.argv[2] ?? '{}') as ChildOrder;
const counts = { transaction: 0, write: 0 };

async function around<T>(at: KillPoint['at'], work: () => Promise<T>): Promise<T> {
  const nth = (counts[at] += 1);
  await dieIf(at, nth, 'before');
  const done = await work();
  await dieIf(at, nth, 'after');
  return done;
}

async function dieIf(at: KillPoint['at'], nth: number, when: KillPoint['when']): Promise<void> {
  const { kill } = order;
  if (!kill || kill.at !== at || kill.nth !== nth || kill.when !== when) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}

function watchedStore(db: Store): Store {
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

function watchedOmni(omni: Omni): Omni {
  return readingFresh({
    ...omni,
    request: (call) => (call.method === 'GET' ? omni.request(call) : around('write', () => omni.request(call))),
  });
}

const db = await openStore(order.place);
const runner = runnerFor(watchedStore(db), order, order.who ? { who: order.who } : {});
if (order.gate) {
  process.stderr.write('ready');
  await once(process.stdin, 'data');
  process.stdin.destroy();
}
const begun = await Promise.all(
  order.tokens.map((token) => start({ ...runner, omni: (entryId) => watchedOmni(runner.omni(entryId)) }, token)),
);
await Promise.all(begun.map((started) => (started.is === 'started' ? started.job : undefined)));
process.stdout.write(`${JSON.stringify(begun)}\n`);
await db.destroy();
