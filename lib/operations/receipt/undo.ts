import 'server-only';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { mayRead } from '#lib/operations/journal/list.ts';
import { preview, type Previewed, type Runner } from '#lib/operations/plan/preview.ts';

/**
 * The preview of taking an entry back, or why it cannot be: each entry is taken back once, by whoever may read it. A run
 * of two such previews is decided when it claims.
 */
export async function undoPreview(runner: Runner, entryId: string): Promise<Previewed> {
  const entry = await readEntry(runner.db, entryId);
  if (!entry || !mayRead(entry, runner.session)) return { ok: false, problem: { code: 'no_entry' } };
  if (entry.undoneBy) return { ok: false, problem: { code: 'undone_already' } };
  const { undo, gone } = entry.body;
  if (gone) return { ok: false, problem: { code: `entry_${gone}` } };
  if (!undo || 'impossible' in undo) return { ok: false, problem: { code: 'no_undo' } };
  return preview(runner, undo.operation, undo.input, { of: entryId, fence: entry.fence });
}

/**
 * What an entry that cannot go on would do in the world as it is now: a new preview, and, when it is run, an entry of its
 * own. Not for what is shown once, which has a page of its own.
 */
export async function previewAgain(runner: Runner, entryId: string): Promise<Previewed> {
  const entry = await readEntry(runner.db, entryId);
  if (!entry || !mayRead(entry, runner.session)) return { ok: false, problem: { code: 'no_entry' } };
  if (entry.body.gone) return { ok: false, problem: { code: `entry_${entry.body.gone}` } };
  if (runner.operations.get(entry.operation)?.mode === 'inline') return { ok: false, problem: { code: 'no_again' } };
  return preview(runner, entry.operation, entry.body.input);
}
