import type { EntryView } from '#lib/operations/receipt/view.ts';

type Step = EntryView['steps'][number];

/**
 * How an entry stands, in the words people read. `halfway`: some steps are done, others are not. `some-failed`: the run went on
 * after a step that failed. `unconfirmed`: a write left and may still happen; `never-confirmed`: it was looked for in vain. `exists`: done,
 * and nobody can prove who made a part of it. `refused`: Omni said no to the only thing that was sent.
 */
export type Ending =
  | 'checking'
  | 'running'
  | 'done'
  | 'exists'
  | 'differs'
  | 'halfway'
  | 'some-failed'
  | 'unconfirmed'
  | 'never-confirmed'
  | 'refused'
  | 'not-sent';

/** Problems of a step that was never sent. */
const NOT_SENT =
  /^(changed_meanwhile|unreachable_.*|own_key|primary_key|last_key_writer.*|reserved_name|nobody_waits|end_passed)$/;

/** Problems after which a write that was sent may still happen; entries of before have them at steps called failed. */
const MAY_HAPPEN = /^(did_not_happen|outcome_unknown)$/;

/** Whether a step was sent, or may have been, and nothing proves what became of it. */
export function isUnconfirmed({ state, problem }: Pick<Step, 'state' | 'problem'>): boolean {
  return state === 'intended' || state === 'unknown' || (state === 'failed' && MAY_HAPPEN.test(problem?.code ?? ''));
}

/** The ending of an entry: absence after an unanswered write proves nothing, so it is never called refused or unchanged. */
export function endingOf({ status, steps, problem }: Pick<EntryView, 'status' | 'steps' | 'problem'>): Ending {
  if (status === 'done' && steps.some(({ makerUnknown }) => makerUnknown)) return 'exists';
  if (status === 'checking' || status === 'running' || status === 'done' || status === 'differs') return status;
  if (status === 'stale') return 'not-sent';
  if (problem?.code === 'never_confirmed') return 'never-confirmed';
  if (status === 'unconfirmed' || steps.some(isUnconfirmed)) return 'unconfirmed';
  const done = steps.some(({ state }) => state === 'done');
  const failed = steps.findIndex(({ state }) => state === 'failed');
  const wentOn = failed >= 0 && steps.slice(failed + 1).some(({ state }) => state !== 'planned');
  if (done && wentOn) return 'some-failed';
  if (done || problem?.code === 'stuck') return 'halfway';
  return status === 'failed' && !NOT_SENT.test(problem?.code ?? '') ? 'refused' : 'not-sent';
}
