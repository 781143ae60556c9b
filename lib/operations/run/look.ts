import 'server-only';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { isWrite, type Omni } from '#lib/omni/door/omni.ts';
import type { Problem } from '#lib/operations/journal/entry.ts';
import { recordResult } from '#lib/operations/journal/journal.ts';
import type { Done, Json, PlannedStep } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import type { EntryHold } from './lease.ts';
import { outcomeOfWrite } from './write-outcome.ts';

/** What a look made of a step: it happened, or it never can. */
export type StepSeen = { result: Json | undefined; makerUnknown: boolean } | { stuck: Problem };

/**
 * Calls `done` at these moments, in milliseconds from now; `unknown` where there are none. What it says first, other than *no* and
 * *unknown*, ends the wait.
 */
export async function lookAt(runner: Runner, moments: readonly number[], done: () => Promise<Done>): Promise<Done> {
  let last: Done = { is: 'unknown' };
  let waited = 0;
  for (const at of moments) {
    if (at > waited) await waitFor(runner, at - waited);
    waited = at;
    last = await done();
    if (last.is !== 'no' && last.is !== 'unknown') return last;
  }
  return last;
}

/** Records what a look showed; `null`, and nothing recorded, where it showed nothing. */
export async function recordSeen(
  hold: EntryHold,
  position: number,
  step: PlannedStep,
  done: Done,
): Promise<StepSeen | null> {
  if (done.is === 'no' || done.is === 'unknown') return null;
  if (done.is === 'stuck') {
    const problem: Problem = { code: 'stuck', values: { step: step.id }, why: done.why };
    await recordResult(hold, position, 'failed', { problem });
    return { stuck: problem };
  }
  const { result } = done;
  const makerUnknown = done.is === 'exists';
  const outcome = { ...(result === undefined ? {} : { result }), ...(makerUnknown ? { makerUnknown } : {}) };
  await recordResult(hold, position, 'done', outcome);
  return { result, makerUnknown };
}

/** The same handle, which knows whether a write left through it. */
export function noticingWrites(omni: Omni): { omni: Omni; left: () => boolean } {
  let left = false;
  const noticing: Omni = {
    ...omni,
    async request(call) {
      const answer = await omni.request(call);
      if (isWrite(call) && (answer.ok || outcomeOfWrite(answer.error).is !== 'not_sent')) left = true;
      return answer;
    },
  };
  return { omni: readingFresh(noticing), left: () => left };
}

/** Waits so many milliseconds; tests make it short. `idle`: the process may end meanwhile. */
export function waitFor(runner: Runner, ms: number, idle = false): Promise<void> {
  if (runner.wait) return runner.wait(ms);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    if (idle) timer.unref();
  });
}
