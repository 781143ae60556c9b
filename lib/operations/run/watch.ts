import 'server-only';
import { log, logName } from '#lib/log.ts';
import { processWide } from '#lib/process-wide.ts';
import type { Problem } from '#lib/operations/journal/entry.ts';
import type { Done } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { storeNow } from '#lib/store/clock.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { beat, FencedOut, type EntryHold } from './lease.ts';
import { waitFor } from './look.ts';
import { steadyNow } from './steady-clock.ts';

/** How long a write without an answer may still happen, in milliseconds after it was sent. */
export const MAY_HAPPEN_MS = 15 * 60_000;

const MINUTE = 60_000;
/** When a watched write is looked at, in milliseconds after it was sent; the first looks are the run's own. */
const LOOK_AT_MS = [30_000, ...Array.from({ length: MAY_HAPPEN_MS / MINUTE }, (_, index) => (index + 1) * MINUTE)];

/** A write that may still happen. `look` reads only. */
export type OpenWrite = { position: number; startedAt: number; problem: Problem; look: () => Promise<Done> };

/** What ends a watch: `seen` gets what a look showed and answers whether that ended it; the others end it themselves. */
export type WatchEnds = {
  seen: (done: Done) => Promise<boolean>;
  never: () => Promise<void>;
  sessionOver: () => Promise<void>;
};

type Watch = { hold: EntryHold; over: Promise<void>; dropped: boolean };

const watches = () => processWide('open-writes', () => new Map<string, Watch>());

/**
 * Watches for a write until it is seen, 15 minutes are over, the session has ended or somebody else holds the entry. Goes on by itself,
 * outside any request; the runner, and with it the key, is held no longer than that. A store that is away ends nothing.
 */
export function watchWrite(runner: Runner, hold: EntryHold, open: OpenWrite, ends: WatchEnds): void {
  const watch: Watch = { hold, over: Promise.resolve(), dropped: false };
  watches().set(hold.id, watch);
  watch.over = follow(runner, watch, open, ends)
    .catch((error: unknown) => {
      if (error instanceof FencedOut) return;
      const reason = storeErrorOf(error)?.kind ?? logName(error instanceof Error ? error.name : 'unknown');
      log('error', 'operations.watch_failed', { entry: logName(hold.id), reason });
    })
    .finally(() => {
      hold.end();
      if (watches().get(hold.id) === watch) watches().delete(hold.id);
    });
}

/** When the watch of an entry in this process is over; at once where there is none. */
export function watchOf(entryId: string): Promise<void> {
  return watches().get(entryId)?.over ?? Promise.resolve();
}

/** Ends the watch of an entry in this process: somebody continues it. */
export function dropWatch(entryId: string): void {
  const watch = watches().get(entryId);
  if (!watch) return;
  watch.dropped = true;
  watch.hold.end();
  watches().delete(entryId);
}

async function follow(runner: Runner, watch: Watch, open: OpenWrite, ends: WatchEnds): Promise<void> {
  const { hold } = watch;
  let at = (await storeNow(hold.db).catch(() => Date.now())) - open.startedAt;
  for (const next of LOOK_AT_MS.filter((moment) => moment > at)) {
    await waitFor(runner, next - at, true);
    at = next;
    if (watch.dropped) return;
    const state = await storeState(runner, hold);
    if (state === 'away') continue;
    if (state === 'taken') return;
    if (state === 'session_over') return ends.sessionOver();
    if (await ends.seen(await open.look())) return;
  }
  await ends.never();
}

/** Whether this process may go on: it still holds the entry, and its session lives. */
async function storeState(runner: Runner, hold: EntryHold): Promise<'ours' | 'taken' | 'session_over' | 'away'> {
  try {
    const asked = steadyNow();
    if (!(await beat(hold.db, hold))) return 'taken';
    hold.renewed(asked);
    return (await runner.lives?.()) === false ? 'session_over' : 'ours';
  } catch (error) {
    if (!storeErrorOf(error)) throw error;
    return 'away';
  }
}
