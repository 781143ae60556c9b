import 'server-only';
import { log, logName } from '#lib/log.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import type { Json, Operation } from '#lib/operations/plan/define.ts';
import type { EntryBody, Problem, StepRecord, StoredStatus } from '#lib/operations/journal/entry.ts';
import { finish } from '#lib/operations/journal/journal.ts';
import { FencedOut, type EntryHold } from './lease.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { runSteps, waitFor } from './run-steps.ts';

/** When an end that could not be recorded is tried again, in milliseconds after the last try. */
const RECORD_END_AGAIN_MS = [1000, 2000, 7000];

type ClaimedRun = {
  runner: Runner;
  operation: Operation;
  hold: EntryHold;
  body: EntryBody;
  records: readonly StepRecord[];
  continued: boolean;
  deliver: (secret: Json) => void;
};

/** Runs the steps of a claimed entry, verifies, and records the end. Never rejects: what goes wrong is in the journal, or the journal is away. */
export async function runEntry(run: ClaimedRun): Promise<void> {
  const { runner, hold, body } = run;
  try {
    const { status, ...more } = await endOf(run);
    await finish(hold, status, { ...body, ...more });
  } catch (error) {
    if (!(error instanceof FencedOut)) await recordCrash(runner, hold, body, error);
  } finally {
    hold.end();
  }
}

type EntryEnd = { status: StoredStatus } & Pick<EntryBody, 'problem' | 'receipt' | 'undo'>;

async function endOf({ runner, operation, hold, body, records, continued, deliver }: ClaimedRun): Promise<EntryEnd> {
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
  const { results, ...end } = await runSteps({ runner, operation, hold, plan, context, records, continued });
  if (end.status !== 'done') {
    const undo = Object.keys(results).length > 0 ? operation.undoPartly?.({ input, before, results }) : null;
    return undo ? { ...end, undo } : end;
  }
  const checks = await operation.verify({ ...context, results });
  const undo = operation.undo({ input, before, results });
  return { status: checks.some(({ held }) => held === false) ? 'differs' : 'done', receipt: { checks }, undo };
}

/** The run ends here whatever happens: no step is sent that the journal does not have. Records that as soon as the store can. */
async function recordCrash(runner: Runner, hold: EntryHold, body: EntryBody, error: unknown): Promise<void> {
  const away = storeErrorOf(error);
  const facts = {
    entry: logName(hold.id),
    reason: away ? away.kind : logName(error instanceof Error ? error.name : 'unknown'),
  };
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
