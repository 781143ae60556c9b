import 'server-only';
import { randomUUID } from 'node:crypto';
import { LEASE, beat, claim, takeOver } from './claim.ts';
import type { Json, Operation, Plan, StepContext } from './define.ts';
import type { EntryBody, Problem } from './entry.ts';
import { canContinue } from './entry.ts';
import { fingerprint } from './fingerprint.ts';
import { FencedOut, finish, markUndone, readEntry, writeBody, writePlan } from './journal.ts';
import { type Runner, omniProblem, prepare, tokenFor } from './preview.ts';
import { openPreview } from './preview-token.ts';
import { runSteps } from './run-steps.ts';

/** `started`: the entry runs; `job` ends when it has ended (give it to `after()`). Everything else changed nothing. */
export type Started =
  | { is: 'started'; entryId: string; job: Promise<void> }
  | { is: 'ran'; entryId: string }
  | { is: 'busy'; entryId: string; who: string }
  | { is: 'stale'; plan: Plan; before: Plan | null; token: string }
  | { is: 'problem'; problem: Problem };

/** What a run needs to know of its entry. */
export type Held = { id: string; fence: number; actor: string };

/**
 * Runs what a preview showed, once: claims the entry and its subjects, reads the world again, and goes on only when the
 * effects are still those that were agreed to. A repeat answers the first run's entry.
 */
export async function start(runner: Runner, token: string): Promise<Started> {
  const opened = openPreview(token, runner.session, Date.now());
  if (!opened.ok) return { is: 'problem', problem: { code: opened.problem } };
  const { preview } = opened;
  const prepared = prepare(runner, preview.operation, preview.input);
  if (!prepared.ok) return { is: 'problem', problem: prepared.problem };
  const { operation, input } = prepared;
  const { keyName, yourName, server, actor } = runner.session;
  const lease = runner.lease ?? LEASE;
  const body: EntryBody = { input: preview.input, before: null, plan: NOTHING_PLANNED, who: { keyName, yourName } };
  const id = randomUUID();
  const claimed = await claim(
    runner.db,
    {
      id,
      previewId: preview.id,
      operation: operation.name,
      server,
      actor,
      subjects: operation.subjects(input),
      undoOf: preview.undoOf ?? null,
      body,
    },
    lease,
    Date.now(),
  );
  if (claimed.is === 'ran') return claimed;
  if (claimed.is === 'busy') return { ...claimed, who: await whoHolds(runner, claimed.entryId) };
  const held: Held = { id, fence: claimed.fence, actor };

  const world = await operation.read(input, runner.omni(id), runner.session.scopes);
  const problem = world.ok ? undefined : omniProblem(world.error);
  const plan = world.ok ? operation.plan(input, world.value) : null;
  if (!world.ok || !plan || plan.refusal || fingerprint(plan.effects) !== preview.fingerprint) {
    await finish(runner.db, held, 'stale', { ...body, plan: plan ?? NOTHING_PLANNED }, Date.now());
    if (!plan) return { is: 'problem', problem: problem ?? { code: 'unexpected' } };
    return {
      is: 'stale',
      plan,
      before: null,
      token: tokenFor(runner, operation.name, preview.input, plan, preview.undoOf),
    };
  }
  const planned: EntryBody = { ...body, plan, before: world.value as Json };
  await writePlan(runner.db, id, plan.steps);
  await writeBody(runner.db, id, held.fence, planned);
  await runner.db
    .updateTable('operations')
    .set({ status: 'running' })
    .where('id', '=', id)
    .where('fence', '=', held.fence)
    .execute();
  return { is: 'started', entryId: id, job: work(runner, operation, held, planned) };
}

/** Picks up an entry that stopped, failed or lost its process. Steps that happened are recognised, not repeated. */
export async function resume(runner: Runner, entryId: string): Promise<Started> {
  const entry = await readEntry(runner.db, entryId);
  if (!entry || entry.server !== runner.session.server) return { is: 'problem', problem: { code: 'no_entry' } };
  const prepared = prepare(runner, entry.operation, entry.body.input);
  if (!prepared.ok) return { is: 'problem', problem: prepared.problem };
  const now = Date.now();
  if (entry.steps.length === 0 || !canContinue(entry, now)) {
    return entry.leaseUntil >= now
      ? { is: 'busy', entryId, who: nameOf(entry.body) }
      : { is: 'problem', problem: { code: 'nothing_to_continue' } };
  }
  const taken = await takeOver(runner.db, entryId, runner.lease ?? LEASE, now);
  if (taken.is === 'busy') return { ...taken, who: await whoHolds(runner, taken.entryId) };
  const held: Held = { id: entryId, fence: taken.fence, actor: runner.session.actor };
  const { problem: _, ...body } = entry.body;
  return { is: 'started', entryId, job: work(runner, prepared.operation, held, body) };
}

/** The steps, the look afterwards, the end. Never throws: what goes wrong is in the journal, or the journal is away. */
async function work(runner: Runner, operation: Operation, held: Held, body: EntryBody): Promise<void> {
  const lease = runner.lease ?? LEASE;
  let lost = false;
  const heart = setInterval(() => {
    beat(runner.db, held.id, held.fence, lease, Date.now()).then(
      (kept) => (lost ||= !kept),
      () => undefined,
    );
  }, lease.beatMs);
  try {
    const omni = runner.omni(held.id);
    const context = { input: body.input, before: body.before, omni, mark: `[console ${held.id}]` };
    const end = await runSteps({ runner, operation, held, plan: body.plan, context, lost: () => lost });
    if (end.status !== 'done') {
      await finish(
        runner.db,
        held,
        end.status,
        { ...body, ...(end.problem ? { problem: end.problem } : {}) },
        Date.now(),
      );
      return;
    }
    const afterwards: Omit<StepContext<unknown, unknown>, 'args'> = { ...context, results: end.results };
    const checks = await operation.verify(afterwards);
    const undo = operation.undo({ input: body.input, before: body.before, results: end.results });
    const receipt = { checks, returns: [], changed: body.plan.moves, gone: body.plan.losses };
    const held_ = checks.every(({ held: fine }) => fine !== false);
    await finish(runner.db, held, held_ ? 'done' : 'differs', { ...body, receipt, undo }, Date.now());
    await markUndone(runner.db, held.id);
  } catch (error) {
    if (error instanceof FencedOut) return;
    await finish(runner.db, held, 'interrupted', { ...body, problem: { code: 'journal_away' } }, Date.now()).catch(
      () => undefined,
    );
  } finally {
    clearInterval(heart);
  }
}

const NOTHING_PLANNED: Plan = {
  title: { key: 'nothing' },
  effects: null,
  steps: [],
  moves: [],
  losses: [],
  unknowns: [],
  warnings: [],
  command: { none: { key: 'nothing' } },
};

async function whoHolds(runner: Runner, entryId: string): Promise<string> {
  const entry = await readEntry(runner.db, entryId);
  return entry ? nameOf(entry.body) : '';
}

function nameOf(body: EntryBody): string {
  return body.who.yourName ?? body.who.keyName;
}
