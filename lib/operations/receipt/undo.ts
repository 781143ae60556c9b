import 'server-only';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { mayRead } from '#lib/operations/journal/list.ts';
import type { StepRecord } from '#lib/operations/journal/entry.ts';
import { MAY_HAPPEN_MS } from '#lib/operations/run/watch.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { prepare, preview, type Previewed, type Runner } from '#lib/operations/plan/preview.ts';

/**
 * The preview of an entry's undo, or why there is none: each entry is undone once, by whoever may read it. Of the runs of two
 * such previews one gets the claim.
 */
export async function undoPreview(runner: Runner, entryId: string): Promise<Previewed> {
  const entry = await readEntry(runner.db, entryId);
  if (!entry || !mayRead(entry, runner.session)) return { ok: false, problem: { code: 'no_entry' } };
  if (entry.undoneBy) return { ok: false, problem: { code: 'undone_already' } };
  const until = Math.max(
    0,
    ...entry.steps.filter(mayStillHappen).map(({ startedAt }) => (startedAt ?? 0) + MAY_HAPPEN_MS),
  );
  if (until > Date.now()) return { ok: false, problem: { code: 'may_still_happen', values: { until } } };
  const { undo, gone } = entry.body;
  if (gone) return { ok: false, problem: { code: `entry_${gone}` } };
  if (!undo || 'impossible' in undo) return { ok: false, problem: { code: 'no_undo' } };
  const input = await inputOfToday(runner, undo);
  return preview(runner, undo.operation, input, { of: entryId, fence: entry.fence });
}

async function inputOfToday(runner: Runner, undo: { operation: string; input: Json }): Promise<unknown> {
  const prepared = prepare(runner, undo.operation, undo.input);
  if (!prepared.ok || !prepared.operation.today) return undo.input;
  return prepared.operation.today(prepared.input, runner.db, runner.session);
}

/**
 * A new preview of what an entry that can't continue was to do; when it is run, it becomes an entry of its own. Not for what
 * is shown once, which has a page of its own.
 */
export async function previewAgain(runner: Runner, entryId: string): Promise<Previewed> {
  const entry = await readEntry(runner.db, entryId);
  if (!entry || !mayRead(entry, runner.session)) return { ok: false, problem: { code: 'no_entry' } };
  if (entry.body.gone) return { ok: false, problem: { code: `entry_${entry.body.gone}` } };
  if (runner.operations.get(entry.operation)?.mode === 'inline') return { ok: false, problem: { code: 'no_again' } };
  return preview(runner, entry.operation, entry.body.input);
}

/** Whether a step left and nothing is known of it: what is undone before it happens would be half undone. */
function mayStillHappen({ state }: StepRecord): boolean {
  return state === 'intended' || state === 'unknown';
}
