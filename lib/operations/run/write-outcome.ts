import type { OmniError } from '#lib/omni/door/errors.ts';

/** Whether the data are as a write asked, by when it is looked at, and what an absence (`absent`) or a failed look (`blind`) proves. */
export type WriteOutcome = {
  is: 'not_sent' | 'refused' | 'echo' | 'over' | 'unanswered';
  /** Milliseconds after the answer at which `done` is called, until it says that the write happened. */
  lookAtMs: readonly number[];
  absent: 'refused' | 'unconfirmed';
  blind: 'refused' | 'unconfirmed';
};

const ONCE = [0];
const THREE_TIMES = [1000, 3000, 10_000];

/** Nothing left the console, or nothing but reads. */
export const NOT_SENT: WriteOutcome = { is: 'not_sent', lookAtMs: [], absent: 'refused', blind: 'refused' };

/**
 * What an error of a write proves. `not_sent`: nothing left. `refused`: Omni's own 400, 401 or 403; a key or a permission may have gone
 * while the work was done, and a request that was sent twice may be refused the second time, so that they are looked at once. `echo`: the answer may be the echo of our own work, done before a
 * proxy answered something else or sent it twice (3xx, 404, 409, 429, any foreign shape): it is refused only when a look shows that
 * it did not happen; a 404 may hide a change that shows late (contract §10.1). `over`: Omni itself says that it failed: what three looks
 * don't show did not happen. `unanswered`: it left and nothing is known of it; that it is absent proves nothing.
 */
export function outcomeOfWrite(error: OmniError): WriteOutcome {
  if (error.requestId === 'not-sent' || error.kind === 'unreachable') return NOT_SENT;
  if (error.kind === 'outcome_unknown') {
    return error.cause === 'own_failure'
      ? { is: 'over', lookAtMs: THREE_TIMES, absent: 'refused', blind: 'unconfirmed' }
      : { is: 'unanswered', lookAtMs: THREE_TIMES, absent: 'unconfirmed', blind: 'unconfirmed' };
  }
  if (!error.foreign) {
    if (['invalid', 'unauthorized', 'signature_required', 'forbidden'].includes(error.kind)) {
      return { is: 'refused', lookAtMs: ONCE, absent: 'refused', blind: 'refused' };
    }
  }
  const missing = error.kind === 'not_found' || (error.kind === 'bad_answer' && error.status === 404);
  return { is: 'echo', lookAtMs: missing ? THREE_TIMES : ONCE, absent: 'refused', blind: 'unconfirmed' };
}
