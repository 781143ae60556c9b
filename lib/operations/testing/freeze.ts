import 'server-only';
import { writeSync } from 'node:fs';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';

/**
 * Where a process stops itself with SIGSTOP, at its `nth` write (from 1): when its run has checked its hold and calls the door,
 * while the connection is being made, right before the door asks `mayStillSend`, and right after the answer, before the first byte.
 */
export type FreezePoint = {
  at: 'at the door' | 'while connecting' | 'before the check' | 'after the check';
  nth: number;
};

/** Says so on stderr, and stops this process until somebody sends SIGCONT. */
function stopHere(): void {
  writeSync(2, 'frozen');
  process.kill(process.pid, 'SIGSTOP');
}

/** What stops the process at a point: `watch` wraps the handle of a run, `check` its hold. */
export function freezer(point: FreezePoint | undefined) {
  let writes = 0;
  const here = (at: FreezePoint['at']) => point?.at === at && point.nth === writes;
  return {
    check: (mayStillSend: (() => boolean) | undefined) =>
      mayStillSend &&
      (() => {
        if (here('before the check')) stopHere();
        const answer = mayStillSend();
        if (answer && here('after the check')) stopHere();
        return answer;
      }),
    watch: (omni: Omni): Omni =>
      readingFresh({
        ...omni,
        request: (call) => {
          if (call.method === 'GET') return omni.request(call);
          writes += 1;
          if (here('at the door')) stopHere();
          const answer = omni.request(call);
          // Node connects in the next tick; the event loop learns that it did after the one that follows.
          if (here('while connecting')) process.nextTick(() => process.nextTick(stopHere));
          return answer;
        },
      }),
  };
}
