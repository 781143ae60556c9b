import 'server-only';
import { readEntry } from './journal.ts';
import { preview, type Previewed, type Runner } from './preview.ts';

/** The preview of taking an entry back, or why it cannot be: each entry is taken back once. */
export async function undoPreview(runner: Runner, entryId: string): Promise<Previewed> {
  const entry = await readEntry(runner.db, entryId);
  if (!entry || entry.server !== runner.session.server) return { ok: false, problem: { code: 'no_entry' } };
  if (entry.undoneBy) return { ok: false, problem: { code: 'undone_already' } };
  const { undo } = entry.body;
  if (!undo || 'impossible' in undo) return { ok: false, problem: { code: 'no_undo' } };
  return preview(runner, undo.operation, undo.input, entryId);
}
