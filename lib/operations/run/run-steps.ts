import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import { WRITE_TIMEOUT_MS } from '#lib/omni/limits.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { storeNow } from '#lib/store/clock.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { Done, Json, Operation, Plan, PlannedStep, Step, StepContext } from '#lib/operations/plan/define.ts';
import type { Problem, StepRecord } from '#lib/operations/journal/entry.ts';
import { recordIntent, recordResult } from '#lib/operations/journal/journal.ts';
import { FencedOut, stopAsked, type EntryHold } from './lease.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';

/** When `done` is called after a write whose answer never came, in milliseconds after it. */
const RECHECK_AT_MS = [1000, 3000, 10_000];

export type PlannedRun = {
  runner: Runner;
  operation: Operation;
  hold: EntryHold;
  plan: Plan;
  records: readonly StepRecord[];
  /** Somebody continued it: time has passed since the facts were read. */
  continued: boolean;
  context: Omit<StepContext<unknown, unknown>, 'args' | 'results'>;
};

type Results = Record<string, Json | undefined>;

/** `results` has the steps that happened, whatever became of the others. */
export type RunEnd = { results: Results } & ({ status: 'done' } | Unfinished);

type Unfinished = { status: 'failed' | 'stopped' | 'interrupted'; problem?: Problem };
type StepEnd = { result: Json | undefined } | { end: Unfinished };

/**
 * Runs the steps that have not happened yet, in order: an intent in the journal, the write (once), its result in the
 * journal. Of a step that was begun before, `done` is called first. Stops before a step when asked to.
 */
export async function runSteps(run: PlannedRun): Promise<RunEnd> {
  const { operation, plan, records } = run;
  const results: Results = {};
  let refused: Unfinished | undefined;
  for (const [position, step] of plan.steps.entries()) {
    const record = records[position];
    if (record?.state === 'done') {
      results[step.id] = record.result;
      continue;
    }
    const code = operation.steps[step.kind];
    if (!code) throw new Error(`step kind ${step.kind} of ${operation.name} does not exist`);
    const context = { ...run.context, args: step.args, results };
    const begun = record !== undefined && record.state !== 'planned';
    const ended =
      (begun ? await recheckBegunStep(run, code, step, record, context) : null) ??
      (await runStep(run, code, step, position, context, begun));
    if (!('end' in ended)) {
      results[step.id] = ended.result;
    } else if (code.independent && concernsOneRow(ended.end)) {
      refused ??= ended.end;
    } else {
      return { ...ended.end, results };
    }
  }
  return { ...(refused ?? { status: 'done' }), results };
}

/** Whether a refusal is about one row: where the key is dead, Omni away or the budget spent, the next row fares no better. */
function concernsOneRow({ status, problem }: Unfinished): boolean {
  return (
    status === 'failed' &&
    !/^(unauthorized|signature_required|unreachable_|unavailable|rate_limited)/.test(problem?.code ?? '')
  );
}

/** A step somebody began: `null` when it has not happened. While its write may still be on its way, `done` is called more than once. */
async function recheckBegunStep(
  { runner, hold }: PlannedRun,
  code: Step,
  step: PlannedStep,
  record: StepRecord,
  context: StepContext,
): Promise<StepEnd | null> {
  const now = await storeNow(runner.db);
  const young = record.state !== 'failed' && now - (record.startedAt ?? 0) < WRITE_TIMEOUT_MS;
  const first = await code.done(context);
  const done = first.is === 'no' && young ? await recheck(runner, () => code.done(context)) : first;
  return recordRecheck(hold, step, record.index, done);
}

async function runStep(
  { runner, hold, continued }: PlannedRun,
  code: Step,
  step: PlannedStep,
  position: number,
  context: StepContext,
  begun: boolean,
): Promise<StepEnd> {
  if (code.independent) await waitForBudget(runner, hold, context.omni);
  if (code.still && (continued || position > 0)) {
    const changed = await code.still(context);
    if (!changed.ok) return recordFailed(hold, position, problemOf(changed.error));
    if (changed.value) return recordFailed(hold, position, { code: 'changed_meanwhile', why: changed.value });
  }
  if ((await recordIntent(hold, position)) === 'stop') return { end: { status: 'stopped' } };
  if (hold.lost) throw new FencedOut();
  const answer = await code.run(context);
  if (hold.heldBack) throw new FencedOut();
  if (answer.ok) return recordDone(hold, position, answer.value);
  const { error } = answer;
  if (mayHaveHappened(error)) {
    const happened = await recordRecheck(hold, step, position, await recheck(runner, () => code.done(context)));
    if (happened) return happened;
  } else if (begun && error.kind === 'conflict') {
    // What is in the way may be our own first attempt, which arrived late.
    const done = await code.done(context);
    if (done.is === 'yes') return recordDone(hold, position, done.result);
  }
  return recordFailed(hold, position, error.kind === 'outcome_unknown' ? { code: 'did_not_happen' } : problemOf(error));
}

async function recordFailed(hold: EntryHold, position: number, problem: Problem): Promise<StepEnd> {
  await recordResult(hold, position, 'failed', { problem });
  return { end: { status: 'failed', problem } };
}

/** Rows of many leave the clicks their share of the key's budget: waits, before any intent is recorded, until there is more. */
async function waitForBudget(runner: Runner, hold: EntryHold, omni: Omni): Promise<void> {
  for (let wait = takeFromBudget(omni); wait > 0; wait = takeFromBudget(omni)) {
    if (hold.lost || (await stopAsked(hold))) return;
    await waitFor(runner, Math.min(wait, 1000));
  }
}

async function recordDone(hold: EntryHold, position: number, result: Json | undefined): Promise<StepEnd> {
  await recordResult(hold, position, 'done', result === undefined ? {} : { result });
  return { result };
}

/** Records what `done` answered; `null`, and nothing recorded, when the step has not happened. */
async function recordRecheck(
  hold: EntryHold,
  step: PlannedStep,
  position: number,
  done: Done,
): Promise<StepEnd | null> {
  if (done.is === 'yes') return recordDone(hold, position, done.result);
  if (done.is === 'no') return null;
  const stuck = done.is === 'stuck';
  const problem: Problem = stuck
    ? { code: 'stuck', values: { step: step.id }, why: done.why }
    : { code: 'outcome_unknown' };
  await recordResult(hold, position, stuck ? 'failed' : 'unknown', { problem });
  return { end: { status: stuck ? 'failed' : 'interrupted', problem } };
}

/** A 404 of a write may hide that it happened (contract §10.1), as a lost answer does. */
function mayHaveHappened(error: OmniError): boolean {
  return error.kind === 'outcome_unknown' || error.kind === 'not_found';
}

/** Calls `done` after 1, 3 and 10 seconds. `yes` and `stuck` end the wait; `no` counts only as the last answer. */
async function recheck(runner: Runner, done: () => Promise<Done>): Promise<Done> {
  let last: Done = { is: 'unknown' };
  let waited = 0;
  for (const at of RECHECK_AT_MS) {
    await waitFor(runner, at - waited);
    waited = at;
    last = await done();
    if (last.is === 'yes' || last.is === 'stuck') return last;
  }
  return last;
}

/** Waits so many milliseconds; tests make it short. */
export function waitFor(runner: Runner, ms: number): Promise<void> {
  return runner.wait ? runner.wait(ms) : new Promise((resolve) => setTimeout(resolve, ms));
}
