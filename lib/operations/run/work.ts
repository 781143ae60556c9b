import 'server-only';
import { log, logName } from '#lib/log.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import type { Json, Operation } from '#lib/operations/plan/define.ts';
import type { EntryBody, Problem, StepRecord, StoredStatus } from '#lib/operations/journal/entry.ts';
import { finish } from '#lib/operations/journal/journal.ts';
import { FencedOut, type Hold } from './lease.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { runSteps, waitFor } from './run-steps.ts';

/** When to try once more to note an end that could not be noted, in milliseconds after the last try. */
const NOTE_AGAIN_MS = [1000, 2000, 7000];

/** The steps, the look afterwards, the end. Never rejects: what goes wrong is in the journal, or the journal is away. */
export async function work(
  runner: Runner,
  operation: Operation,
  hold: Hold,
  body: EntryBody,
  records: readonly StepRecord[],
  continued: boolean,
  tell: (secret: Json) => void,
): Promise<void> {
  try {
    const { status, ...more } = await outcome(runner, operation, hold, body, records, continued, tell);
    await finish(hold, status, { ...body, ...more }, Date.now());
  } catch (error) {
    if (!(error instanceof FencedOut)) await noteFailure(runner, hold, body, error);
  } finally {
    hold.end();
  }
}

type Ending = { status: StoredStatus } & Pick<EntryBody, 'problem' | 'receipt' | 'undo'>;

async function outcome(
  runner: Runner,
  operation: Operation,
  hold: Hold,
  body: EntryBody,
  records: readonly StepRecord[],
  continued: boolean,
  tell: (secret: Json) => void,
): Promise<Ending> {
  const { input, before, plan } = body;
  const { scopes } = runner.session;
  const context = { input, before, omni: runner.omni(hold.id), scopes, mark: `[console ${hold.id}]`, tell };
  const end = await runSteps({ runner, operation, hold, plan, context, records, continued });
  const { results, ...ending } = end;
  if (ending.status !== 'done') {
    const back = Object.keys(results).length > 0 ? operation.undoPartly?.({ input, before, results }) : null;
    return back ? { ...ending, undo: back } : ending;
  }
  const checks = await operation.verify({ ...context, results });
  const undo = operation.undo({ input, before, results });
  const receipt = { checks, returns: [], changed: plan.moves, gone: plan.losses };
  return { status: checks.some(({ held }) => held === false) ? 'differs' : 'done', receipt, undo };
}

/** The run ends here whatever happens: no step is sent that the journal does not have. Says so as soon as it can be said. */
async function noteFailure(runner: Runner, hold: Hold, body: EntryBody, error: unknown): Promise<void> {
  const away = storeErrorOf(error);
  const facts = {
    entry: logName(hold.id),
    reason: away ? away.kind : logName(error instanceof Error ? error.name : 'unknown'),
  };
  log('error', away ? 'operations.journal_away' : 'operations.failed', facts);
  const problem: Problem = { code: away ? 'journal_away' : 'unexpected' };
  for (const wait of [0, ...NOTE_AGAIN_MS]) {
    if (wait > 0) await waitFor(runner, wait);
    try {
      return await finish(hold, 'interrupted', { ...body, problem }, Date.now());
    } catch (again) {
      if (!storeErrorOf(again)) return;
    }
  }
}
