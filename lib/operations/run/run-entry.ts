import 'server-only';
import { log, logName } from '#lib/log.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import type { Json, Operation, StepContext } from '#lib/operations/plan/define.ts';
import type { EntryBody, Problem, StepRecord, StoredStatus } from '#lib/operations/journal/entry.ts';
import { finish, keepOpen, letGo, readEntry, recordResult } from '#lib/operations/journal/journal.ts';
import { FencedOut, type EntryHold } from './lease.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { recordSeen, waitFor } from './look.ts';
import { runSteps } from './run-steps.ts';
import { MAY_HAPPEN_MS, watchWrite, type OpenWrite, type WatchEnds } from './watch.ts';

/** When an end that could not be recorded is tried again, in milliseconds after the last try. */
const RECORD_END_AGAIN_MS = [1000, 2000, 7000];

/** Said of what is as it was asked, where the answer was lost and nothing tells whose it is. */
const MAKER_UNKNOWN = { key: 'maker-unknown' };

type ClaimedRun = {
  runner: Runner;
  operation: Operation;
  hold: EntryHold;
  body: EntryBody;
  records: readonly StepRecord[];
  continued: boolean;
  deliver: StepContext['deliver'];
};

/**
 * Runs the steps of a claimed entry, verifies, and records the end. Where a write may still happen it ends, too, and the entry stays
 * held and watched. Never rejects: what goes wrong is in the journal, or the journal is away.
 */
export async function runEntry(run: ClaimedRun): Promise<void> {
  const { runner, hold, body } = run;
  let watched = false;
  try {
    const { open, ...end } = await endOf(run);
    if (open) {
      await keepOpen(hold, { ...body, problem: open.problem }, open.startedAt + MAY_HAPPEN_MS);
      watchWrite(runner, hold, open, watchEnds(run, open));
      watched = true;
    } else {
      await record(run, end);
    }
  } catch (error) {
    if (!(error instanceof FencedOut)) await recordCrash(runner, hold, body, error);
  } finally {
    if (!watched) hold.end();
  }
  if (!watched) await lookAfterwards(run);
}

/** What looks at the result can't spoil it: its faults are logged. */
async function lookAfterwards({ runner, operation, hold }: ClaimedRun): Promise<void> {
  try {
    await runner.ended?.({ entryId: hold.id, operation: operation.name });
  } catch (error) {
    log('error', 'operations.after_run', { entry: logName(hold.id), reason: logName(reasonOf(error)) });
  }
}

const reasonOf = (error: unknown) => storeErrorOf(error)?.kind ?? (error instanceof Error ? error.name : 'unknown');

type EntryEnd = { status: StoredStatus } & Pick<EntryBody, 'problem' | 'receipt' | 'undo'>;

function record({ hold, body }: ClaimedRun, { status, ...more }: EntryEnd): Promise<void> {
  return finish(hold, status, { ...body, ...more });
}

async function endOf(run: ClaimedRun): Promise<EntryEnd & { open?: OpenWrite }> {
  const { runner, operation, hold, body, records, continued, deliver } = run;
  const { input, before, plan } = body;
  const { scopes } = runner.session;
  const context = {
    input,
    before,
    omni: runner.omni(hold.id, hold.mayStillSend),
    scopes,
    mark: `[console ${hold.id}]`,
    deliver,
  };
  const { results, makerUnknown, ...end } = await runSteps({
    runner,
    operation,
    hold,
    plan,
    context,
    records,
    continued,
  });
  if (end.status === 'unconfirmed') return end;
  if (end.status !== 'done') return { ...end, ...partlyUndone(run, results, makerUnknown) };
  const checks = await operation.verify({ ...context, results });
  if (makerUnknown.length > 0) checks.unshift({ text: MAKER_UNKNOWN, held: null });
  const undo = makerUnknown.length > 0 ? { impossible: MAKER_UNKNOWN } : operation.undo({ input, before, results });
  return { status: checks.some(({ held }) => held === false) ? 'differs' : 'done', receipt: { checks }, undo };
}

/** The undo of a run that did not reach its end; none where it would take away what somebody else may have made. */
function partlyUndone(
  { operation, body: { input, before } }: ClaimedRun,
  results: Record<string, Json | undefined>,
  makerUnknown: readonly string[],
): Pick<EntryBody, 'undo'> {
  if (makerUnknown.length > 0 || Object.keys(results).length === 0) return {};
  const undo = operation.undoPartly?.({ input, before, results });
  return undo ? { undo } : {};
}

/** How the watch of a write corrects its entry: no further step is sent without somebody who asks for it. */
function watchEnds(run: ClaimedRun, open: OpenWrite): WatchEnds {
  const { hold, body } = run;
  const stepsNow = async () => (await readEntry(hold.db, hold.id))?.steps ?? [];
  const resultsOf = (steps: readonly StepRecord[]) => {
    const done = steps.filter(({ state }) => state === 'done');
    const makerUnknown = done.flatMap(({ id, makerUnknown: unknown }) => (unknown ? [id] : []));
    return partlyUndone(run, Object.fromEntries(done.map(({ id, result }) => [id, result])), makerUnknown);
  };
  return {
    async seen(done) {
      const planned = body.plan.steps[open.position];
      const seen = planned ? await recordSeen(hold, open.position, planned, done) : null;
      if (!seen) return false;
      const records = await stepsNow();
      if (records.every(({ state }) => state === 'done')) {
        await record(run, await endOf({ ...run, records }));
        void lookAfterwards(run);
        return true;
      }
      const problem = 'stuck' in seen ? seen.stuck : records.find(({ state }) => state === 'failed')?.problem;
      await record(
        run,
        problem ? { status: 'failed', problem, ...resultsOf(records) } : { status: 'stopped', ...resultsOf(records) },
      );
      void lookAfterwards(run);
      return true;
    },
    async never() {
      const problem: Problem = { code: 'never_confirmed' };
      await recordResult(hold, open.position, 'unknown', { problem });
      await record(run, { status: 'interrupted', problem, ...resultsOf(await stepsNow()) });
    },
    sessionOver: () => letGo(hold),
  };
}

/** The run ends here whatever happens: no step is sent that the journal does not have. Records that as soon as the store can. */
async function recordCrash(runner: Runner, hold: EntryHold, body: EntryBody, error: unknown): Promise<void> {
  const away = storeErrorOf(error);
  const facts = { entry: logName(hold.id), reason: logName(reasonOf(error)) };
  log('error', away ? 'operations.journal_away' : 'operations.failed', facts);
  const problem: Problem = { code: away ? 'journal_away' : 'unexpected' };
  for (const wait of [0, ...RECORD_END_AGAIN_MS]) {
    if (wait > 0) await waitFor(runner, wait);
    try {
      return await finish(hold, 'interrupted', { ...body, problem });
    } catch (again) {
      if (!storeErrorOf(again)) return;
    }
  }
}
