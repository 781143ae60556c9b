import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import { WRITE_TIMEOUT_MS } from '#lib/omni/limits.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Done, Json, Operation, Plan, PlannedStep, Step, StepContext } from '#lib/operations/plan/define.ts';
import type { Problem, StepRecord } from '#lib/operations/journal/entry.ts';
import { intend, note } from '#lib/operations/journal/journal.ts';
import { FencedOut, stopAsked, type Hold } from './lease.ts';
import { omniProblem, type Runner } from '#lib/operations/plan/preview.ts';

/** When to look again after a write whose answer never came, in milliseconds after it. */
const LOOK_AGAIN_MS = [1000, 3000, 10_000];

export type Work = {
  runner: Runner;
  operation: Operation;
  hold: Hold;
  plan: Plan;
  records: readonly StepRecord[];
  /** Somebody continued it: time has passed since the world was read. */
  continued: boolean;
  context: Omit<StepContext<unknown, unknown>, 'args' | 'results'>;
};

type Results = Record<string, Json | undefined>;

/** `results` has the steps that happened, whatever became of the others. */
export type End = { results: Results } & ({ status: 'done' } | Unfinished);

type Unfinished = { status: 'failed' | 'stopped' | 'interrupted'; problem?: Problem };
type Outcome = { result: Json | undefined } | { end: Unfinished };

/**
 * Runs the steps that have not happened yet, in order: an intent in the journal, the write (once), its outcome in the
 * journal. A step that was begun before is first looked for in the world. Stops before a step when asked to.
 */
export async function runSteps(work: Work): Promise<End> {
  const { operation, plan, records } = work;
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
    const context = { ...work.context, args: step.args, results };
    const begun = record !== undefined && record.state !== 'planned';
    const outcome =
      (begun ? await lookFirst(work, code, step, record, context) : null) ??
      (await oneStep(work, code, step, position, context, begun));
    if (!('end' in outcome)) {
      results[step.id] = outcome.result;
    } else if (code.independent && ofThisRow(outcome.end)) {
      refused ??= outcome.end;
    } else {
      return { ...outcome.end, results };
    }
  }
  return { ...(refused ?? { status: 'done' }), results };
}

/** Whether a refusal is about one row: where the key is dead, Omni away or the budget spent, the next row fares no better. */
function ofThisRow({ status, problem }: Unfinished): boolean {
  return (
    status === 'failed' &&
    !/^(unauthorized|signature_required|unreachable_|unavailable|rate_limited)/.test(problem?.code ?? '')
  );
}

type Code = Step;
type Context = StepContext;

/** A step somebody began: `null` when it has not happened. While its write may still be on its way, looks more than once. */
async function lookFirst(
  { runner, hold }: Work,
  code: Code,
  step: PlannedStep,
  record: StepRecord,
  context: Context,
): Promise<Outcome | null> {
  const young = record.state !== 'failed' && Date.now() - (record.startedAt ?? 0) < WRITE_TIMEOUT_MS;
  const first = await code.done(context);
  const seen = first.is === 'no' && young ? await lookAgain(runner, () => code.done(context)) : first;
  return settle(hold, step, record.index, seen);
}

async function oneStep(
  { runner, hold, continued }: Work,
  code: Code,
  step: PlannedStep,
  position: number,
  context: Context,
  begun: boolean,
): Promise<Outcome> {
  if (code.independent) await roomInBudget(runner, hold, context.omni);
  if (code.still && (continued || position > 0)) {
    const changed = await code.still(context);
    if (!changed.ok) return refuse(hold, position, omniProblem(changed.error));
    if (changed.value) return refuse(hold, position, { code: 'changed_meanwhile', why: changed.value });
  }
  if ((await intend(hold, position, Date.now())) === 'stop') return { end: { status: 'stopped' } };
  if (hold.lost) throw new FencedOut();
  const answer = await code.run(context);
  if (answer.ok) return settled(hold, position, answer.value);
  const { error } = answer;
  if (uncertain(error)) {
    const happened = await settle(hold, step, position, await lookAgain(runner, () => code.done(context)));
    if (happened) return happened;
  } else if (begun && error.kind === 'conflict') {
    // What is in the way may be our own first attempt, which arrived late.
    const seen = await code.done(context);
    if (seen.is === 'yes') return settled(hold, position, seen.result);
  }
  return refuse(hold, position, error.kind === 'outcome_unknown' ? { code: 'did_not_happen' } : omniProblem(error));
}

async function refuse(hold: Hold, position: number, problem: Problem): Promise<Outcome> {
  await note(hold, position, 'failed', { problem }, Date.now());
  return { end: { status: 'failed', problem } };
}

/** Rows of many leave the clicks their share of the key's budget: waits, before anything is noted, until there is more. */
async function roomInBudget(runner: Runner, hold: Hold, omni: Omni): Promise<void> {
  for (let wait = takeFromBudget(omni); wait > 0; wait = takeFromBudget(omni)) {
    if (hold.lost || (await stopAsked(hold))) return;
    await waitFor(runner, Math.min(wait, 1000));
  }
}

async function settled(hold: Hold, position: number, result: Json | undefined): Promise<Outcome> {
  await note(hold, position, 'done', result === undefined ? {} : { result }, Date.now());
  return { result };
}

/** What seeing the world means for a step; `null` when it has not happened. */
async function settle(hold: Hold, step: PlannedStep, position: number, seen: Done): Promise<Outcome | null> {
  if (seen.is === 'yes') return settled(hold, position, seen.result);
  if (seen.is === 'no') return null;
  const stuck = seen.is === 'stuck';
  const problem: Problem = stuck
    ? { code: 'stuck', values: { step: step.id }, why: seen.why }
    : { code: 'outcome_unknown' };
  await note(hold, position, stuck ? 'failed' : 'unknown', { problem }, Date.now());
  return { end: { status: stuck ? 'failed' : 'interrupted', problem } };
}

/** A 404 of a write may hide that it happened (contract §10.1), as a lost answer does. */
function uncertain(error: OmniError): boolean {
  return error.kind === 'outcome_unknown' || error.kind === 'not_found';
}

/** Reads at 1, 3 and 10 seconds. `yes` and `stuck` end the wait; `no` must be seen at the last look to be believed. */
async function lookAgain(runner: Runner, look: () => Promise<Done>): Promise<Done> {
  let last: Done = { is: 'unknown' };
  let waited = 0;
  for (const at of LOOK_AGAIN_MS) {
    await waitFor(runner, at - waited);
    waited = at;
    last = await look();
    if (last.is === 'yes' || last.is === 'stuck') return last;
  }
  return last;
}

/** Waits so many milliseconds; tests make it short. */
export function waitFor(runner: Runner, ms: number): Promise<void> {
  return runner.wait ? runner.wait(ms) : new Promise((resolve) => setTimeout(resolve, ms));
}
