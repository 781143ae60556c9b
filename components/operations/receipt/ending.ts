import type { EntryView } from '#lib/operations/receipt/view.ts';

type Step = EntryView['steps'][number];

/**
 * How an entry stands, in the words people read. `halfway`: some steps are done, others are not. `some-failed`: the run went on
 * after a step that failed. `unconfirmed`: a write left and may still happen. `refused`: Omni said no to the only thing that was sent.
 */
export type Ending =
  | 'checking'
  | 'running'
  | 'done'
  | 'differs'
  | 'halfway'
  | 'some-failed'
  | 'unconfirmed'
  | 'refused'
  | 'not-sent';

/** Problems of a step that was never sent. */
const NOT_SENT =
  /^(changed_meanwhile|unreachable_.*|own_key|primary_key|last_key_writer.*|reserved_name|nobody_waits|end_passed)$/;

/** Problems after which a write that was sent may still happen. */
const MAY_HAPPEN = /^(did_not_happen|outcome_unknown|bad_answer_.*)$/;

/** Whether a step was sent, or may have been, and nothing proves what became of it. */
export function isUnconfirmed({ state, problem }: Pick<Step, 'state' | 'problem'>): boolean {
  return state === 'intended' || state === 'unknown' || (state === 'failed' && MAY_HAPPEN.test(problem?.code ?? ''));
}

/** The ending of an entry: absence after an unanswered write proves nothing, so it is never called refused or unchanged. */
export function endingOf({ status, steps, problem }: Pick<EntryView, 'status' | 'steps' | 'problem'>): Ending {
  if (status === 'checking' || status === 'running' || status === 'done' || status === 'differs') return status;
  if (status === 'stale') return 'not-sent';
  if (steps.some(isUnconfirmed)) return 'unconfirmed';
  const done = steps.some(({ state }) => state === 'done');
  const failed = steps.findIndex(({ state }) => state === 'failed');
  const wentOn = failed >= 0 && steps.slice(failed + 1).some(({ state }) => state !== 'planned');
  if (done && wentOn) return 'some-failed';
  if (done || problem?.code === 'stuck') return 'halfway';
  return status === 'failed' && !NOT_SENT.test(problem?.code ?? '') ? 'refused' : 'not-sent';
}
