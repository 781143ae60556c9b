import 'server-only';
import type { OmniError } from '#lib/omni/errors.ts';
import type { Done, Json, Operation, Plan, PlannedStep, StepContext } from './define.ts';
import type { Problem, StepRecord } from './entry.ts';
import { FencedOut, readEntry, writeStep } from './journal.ts';
import { omniProblem, type Runner } from './preview.ts';
import type { Held } from './run.ts';

/** When to look again after a write whose answer never came, in milliseconds after it. */
const LOOK_AGAIN_MS = [1000, 3000, 10_000];

type Work = {
  runner: Runner;
  operation: Operation;
  held: Held;
  plan: Plan;
  context: Omit<StepContext<unknown, unknown>, 'args' | 'results'>;
  lost: () => boolean;
};

export type End =
  | { status: 'done'; results: Record<string, Json | undefined> }
  | { status: 'failed' | 'stopped' | 'interrupted'; problem?: Problem };

/**
 * Runs the steps that have not happened yet, in order: an intent in the journal, the write (once), its outcome in the
 * journal. A step with an intent and no outcome is first looked for in the world. Stops before a step when asked to.
 */
export async function runSteps(work: Work): Promise<End> {
  const { runner, operation, held, plan } = work;
  const results: Record<string, Json | undefined> = {};
  for (const [position, step] of plan.steps.entries()) {
    const entry = await readEntry(runner.db, held.id);
    if (!entry || entry.fence !== held.fence || work.lost()) throw new FencedOut();
    const record = entry.steps[position];
    if (record?.state === 'done') {
      results[step.id] = record.result;
      continue;
    }
    if (entry.stopRequested) return { status: 'stopped' };
    const context = { ...work.context, args: step.args, results };
    const code = operation.steps[step.kind];
    if (!code) throw new Error(`step kind ${step.kind} of ${operation.name} does not exist`);
    const outcome = await oneStep(work, code, step, record, context, position);
    if ('end' in outcome) return outcome.end;
    results[step.id] = outcome.result;
  }
  return { status: 'done', results };
}

type Outcome = { result: Json | undefined } | { end: Exclude<End, { status: 'done' }> };

async function oneStep(
  { runner, held, lost }: Work,
  code: Operation['steps'][string],
  step: PlannedStep,
  record: StepRecord | undefined,
  context: StepContext<unknown, unknown>,
  position: number,
): Promise<Outcome> {
  const note = (state: 'done' | 'failed' | 'unknown', outcome: { result?: Json; problem?: Problem }) =>
    writeStep(runner.db, held, position, state, outcome, Date.now());
  const settle = async (done: Done): Promise<Outcome | null> => {
    if (done.is === 'yes') {
      await note('done', done.result === undefined ? {} : { result: done.result });
      return { result: done.result };
    }
    if (done.is === 'stuck') {
      const problem = { code: 'stuck', values: { step: step.id } };
      await note('failed', { problem });
      return { end: { status: 'failed', problem } };
    }
    if (done.is === 'unknown') {
      const problem = { code: 'outcome_unknown' };
      await note('unknown', { problem });
      return { end: { status: 'interrupted', problem } };
    }
    return null;
  };

  if (record && record.state !== 'planned') {
    const happened = await settle(await code.done(context));
    if (happened) return happened;
  }
  await writeStep(runner.db, held, position, 'intended', {}, Date.now());
  if (lost()) throw new FencedOut();
  const answer = await code.run(context);
  if (answer.ok) {
    await note('done', answer.value === undefined ? {} : { result: answer.value });
    return { result: answer.value };
  }
  if (!uncertain(answer.error)) {
    const problem = omniProblem(answer.error);
    await note('failed', { problem });
    return { end: { status: 'failed', problem } };
  }
  const seen = await lookAgain(runner, () => code.done(context));
  const settled = await settle(seen);
  if (settled) return settled;
  const problem = { code: 'did_not_happen' };
  await note('failed', { problem });
  return { end: { status: 'failed', problem } };
}

/** A 404 of a write may hide that it happened (contract §10.1), as a lost answer does. */
function uncertain(error: OmniError): boolean {
  return error.kind === 'outcome_unknown' || error.kind === 'not_found';
}

/** Reads at 1, 3 and 10 seconds. `yes` and `stuck` end the wait; `no` must be seen at the last look to be believed. */
async function lookAgain(runner: Runner, look: () => Promise<Done>): Promise<Done> {
  const wait = runner.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  let last: Done = { is: 'unknown' };
  let waited = 0;
  for (const at of LOOK_AGAIN_MS) {
    await wait(at - waited);
    waited = at;
    last = await look();
    if (last.is === 'yes' || last.is === 'stuck') return last;
  }
  return last;
}
