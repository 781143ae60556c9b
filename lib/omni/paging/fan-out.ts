import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeFromBudget } from './budget.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { err, type Result } from '#lib/omni/result.ts';
import { LATE, notSeenOf, valueOf, type Seen } from '#lib/omni/seen.ts';

/** What became of one item. `late`: the deadline or the caller came first. */
export type FannedOut<I, T> =
  | { item: I; state: 'ok'; value: T }
  | { item: I; state: 'failed'; error: OmniError }
  | { item: I; state: 'late' };

type Options<I> = {
  /** Calls at once. */
  concurrency: number;
  /** After this many milliseconds, unfinished items are late and their calls are cut. */
  deadlineMs?: number;
  signal?: AbortSignal;
  /** The key's budget is down to the clicks' share; the next call waits this many milliseconds. */
  onWait?: (ms: number) => void;
  /** The items that came too late, told once. */
  onLate?: (items: I[]) => void;
};

/**
 * Asks Omni once per item, a few at a time, and never takes the last 30 % of the key's budget. Answers in the order of
 * `items`. `call` passes the signal it gets on to the door. Rejects only if `call` throws.
 */
export async function fanOut<I, T>(
  omni: Omni,
  items: readonly I[],
  options: Options<I>,
  call: (item: I, signal: AbortSignal) => Promise<Result<T, OmniError>>,
): Promise<FannedOut<I, T>[]> {
  const { concurrency, deadlineMs, signal, onWait, onLate } = options;
  const broken = new AbortController();
  const stop = AbortSignal.any([
    broken.signal,
    ...(signal ? [signal] : []),
    ...(deadlineMs === undefined ? [] : [AbortSignal.timeout(deadlineMs)]),
  ]);
  const results: FannedOut<I, T>[] = items.map((item) => ({ item, state: 'late' }));
  const queue = items.entries();

  async function work(): Promise<void> {
    for (const [index, item] of queue) {
      if (!(await mayGo(omni, stop, onWait))) return;
      const result = await call(item, stop);
      if (stop.aborted && !result.ok) return;
      results[index] = result.ok
        ? { item, state: 'ok', value: result.value }
        : { item, state: 'failed', error: result.error };
    }
  }

  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, items.length)) }, work));
  } finally {
    broken.abort();
  }
  const late = results.flatMap(({ item, state }) => (state === 'late' ? [item] : []));
  if (late.length > 0) onLate?.(late);
  return results;
}

async function mayGo(omni: Omni, stop: AbortSignal, onWait: ((ms: number) => void) | undefined): Promise<boolean> {
  while (!stop.aborted) {
    const wait = takeFromBudget(omni);
    if (wait <= 0) return true;
    onWait?.(wait);
    await sleep(wait, undefined, { signal: stop }).catch(() => {});
  }
  return false;
}

/** A shared read can't be cut for one caller: it goes on, and this caller no longer waits. */
export function orStopped<T>(answer: Promise<Result<T, OmniError>>, stop: AbortSignal): Promise<Result<T, OmniError>> {
  const stopped = err<OmniError>({ kind: 'unreachable', cause: 'aborted', requestId: 'not-sent' });
  if (stop.aborted) return Promise.resolve(stopped);
  const left = new Promise<Result<T, OmniError>>((resolve) => {
    stop.addEventListener('abort', () => resolve(stopped), { once: true });
  });
  return Promise.race([answer, left]);
}

/** What became of one item as something seen or not. */
export function seenOfAnswer<I, T>(answer: FannedOut<I, T>): Seen<T> {
  if (answer.state === 'late') return LATE;
  return answer.state === 'ok' ? valueOf(answer.value) : notSeenOf(answer.error);
}
