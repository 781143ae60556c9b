import 'server-only';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import { WRITE_TIMEOUT_MS } from '#lib/omni/limits.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { storeNow } from '#lib/store/clock.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { Json, Operation, Plan, PlannedStep, Step, StepContext } from '#lib/operations/plan/define.ts';
import type { Problem, StepRecord } from '#lib/operations/journal/entry.ts';
import { recordIntent, recordResult } from '#lib/operations/journal/journal.ts';
import { FencedOut, stopAsked, type EntryHold } from './lease.ts';
import { lookAt, noticingWrites, recordSeen, waitFor, type StepSeen } from './look.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { MAY_HAPPEN_MS, type OpenWrite } from './watch.ts';
import { NOT_SENT, outcomeOfWrite } from './write-outcome.ts';

/** When a step that somebody else began is looked at again while its write may still be under way, in milliseconds. */
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

/** `results` has the steps that happened, whatever became of the others; `makerUnknown` those that nobody can prove to be this run's. */
export type RunEnd = { results: Results; makerUnknown: string[] } & ({ status: 'done' } | Unfinished);

/** `unconfirmed`: a write may still happen, and `open` says how it is looked at. */
type Unfinished =
  | { status: 'failed' | 'stopped' | 'interrupted'; problem?: Problem }
  | { status: 'unconfirmed'; problem: Problem; open: OpenWrite };
type StepEnd = { result: Json | undefined; makerUnknown: boolean } | { end: Unfinished };

/**
 * Runs the steps that have not happened yet, in order: an intent in the journal, the write (once), its result in the
 * journal. Of a step that was begun before, `done` is called first. Stops before a step when asked to.
 */
export async function runSteps(run: PlannedRun): Promise<RunEnd> {
  const { operation, plan, records } = run;
  const results: Results = {};
  const makerUnknown: string[] = [];
  let refused: Unfinished | undefined;
  for (const [position, step] of plan.steps.entries()) {
    const record = records[position];
    if (record?.state === 'done') {
      results[step.id] = record.result;
      if (record.makerUnknown) makerUnknown.push(step.id);
      continue;
    }
    const code = operation.steps[step.kind];
    if (!code) throw new Error(`step kind ${step.kind} of ${operation.name} does not exist`);
    const context = { ...run.context, args: step.args, results };
    const begun = record !== undefined && record.state !== 'planned';
    const ended =
      (begun ? await recheckBegunStep(run, code, step, record, context) : null) ??
      (await runStep(run, code, step, position, context));
    if (!('end' in ended)) {
      results[step.id] = ended.result;
      if (ended.makerUnknown) makerUnknown.push(step.id);
    } else if (code.independent && concernsOneRow(ended.end)) {
      refused ??= ended.end;
    } else {
      return { ...ended.end, results, makerUnknown };
    }
  }
  return { ...(refused ?? { status: 'done' }), results, makerUnknown };
}

/** Whether a refusal is about one row: where the key is dead, Omni away or the budget spent, the next row fares no better. */
function concernsOneRow({ status, problem }: Unfinished): boolean {
  return (
    status === 'failed' &&
    !/^(unauthorized|signature_required|unreachable_|unavailable|rate_limited)/.test(problem?.code ?? '')
  );
}

/**
 * A step somebody began: `null` when it has not happened and may be sent. While its write may still be on its way, `done` is called more
 * than once; what creates something is not sent again before 15 minutes have passed.
 */
async function recheckBegunStep(
  { runner, hold }: PlannedRun,
  code: Step,
  step: PlannedStep,
  record: StepRecord,
  context: StepContext,
): Promise<StepEnd | null> {
  const look = () => code.done(context);
  const startedAt = record.startedAt ?? 0;
  const age = (await storeNow(runner.db)) - startedAt;
  const unanswered = record.state !== 'failed' || record.problem?.code === 'did_not_happen';
  const first = await look();
  const young = unanswered && age < WRITE_TIMEOUT_MS;
  const done = first.is === 'no' && young ? await lookAt(runner, RECHECK_AT_MS, look) : first;
  const seen = await recordSeen(hold, record.index, step, done);
  if (seen) return stepEnd(seen);
  const mayHappen = unanswered && age < MAY_HAPPEN_MS;
  if (done.is === 'no' && !(mayHappen && code.creates)) return null;
  const problem: Problem =
    done.is === 'no'
      ? { code: 'may_still_happen', values: { until: startedAt + MAY_HAPPEN_MS } }
      : { code: 'outcome_unknown' };
  await recordResult(hold, record.index, 'unknown', { problem });
  if (!mayHappen) return { end: { status: 'interrupted', problem } };
  return { end: { status: 'unconfirmed', problem, open: { position: record.index, startedAt, problem, look } } };
}

async function runStep(
  { runner, hold, continued }: PlannedRun,
  code: Step,
  step: PlannedStep,
  position: number,
  context: StepContext,
): Promise<StepEnd> {
  if (code.independent) await waitForBudget(runner, hold, context.omni);
  if (code.still && (continued || position > 0)) {
    const changed = await code.still(context);
    if (!changed.ok) return recordFailed(hold, position, problemOf(changed.error));
    if (changed.value) return recordFailed(hold, position, { code: 'changed_meanwhile', why: changed.value });
  }
  const startedAt = await storeNow(runner.db);
  if ((await recordIntent(hold, position)) === 'stop') return { end: { status: 'stopped' } };
  if (hold.lost) throw new FencedOut();
  const noticing = noticingWrites(context.omni);
  const answer = await code.run({ ...context, omni: noticing.omni });
  if (hold.heldBack) throw new FencedOut();
  if (answer.ok) return stepEnd(await recordDone(hold, position, answer.value));
  const { error } = answer;
  const outcome = noticing.left() ? outcomeOfWrite(error) : NOT_SENT;
  const look = () => code.done(context);
  const done = await lookAt(runner, outcome.lookAtMs, look);
  // What is in the way of a new thing is somebody else's: that is why Omni refused it.
  if (done.is === 'stuck' && error.kind === 'conflict') {
    return recordFailed(hold, position, { ...problemOf(error), why: done.why });
  }
  const seen = await recordSeen(hold, position, step, done);
  if (seen) return stepEnd(seen);
  if ((done.is === 'no' ? outcome.absent : outcome.blind) === 'refused') {
    return recordFailed(hold, position, problemOf(error));
  }
  const problem: Problem = { code: 'outcome_unknown' };
  await recordResult(hold, position, 'unknown', { problem });
  return { end: { status: 'unconfirmed', problem, open: { position, startedAt, problem, look } } };
}

function stepEnd(seen: StepSeen): StepEnd {
  return 'stuck' in seen ? { end: { status: 'failed', problem: seen.stuck } } : seen;
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

async function recordDone(hold: EntryHold, position: number, result: Json | undefined): Promise<StepSeen> {
  await recordResult(hold, position, 'done', result === undefined ? {} : { result });
  return { result, makerUnknown: false };
}
