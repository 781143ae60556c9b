import 'server-only';
import { env } from '#lib/env.ts';
import { measure } from '#lib/measure.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import type { EntryHold } from '#lib/operations/run/lease.ts';
import type { StoredStatus } from './entry.ts';
import { operationToday } from './read-old-names.ts';

/** Of a subject only ids are told: a new key's is its name. */
const BY_ID = /^[a-z-]+:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Tells metrics and, where `ACTIVITY_LOG` is set, standard output how a run of an entry ended. The line has ids and words of ours:
 * no name, phone, key or text. It comes after the journal has the end, so a process that dies in between leaves an end without a line:
 * the journal is the record. A store that goes away meanwhile leaves its line without subjects.
 */
export async function publishEnd(
  { db, id, doer }: EntryHold,
  {
    operation,
    server,
    actor,
    undo_of: undoOf,
  }: { operation: string; server: string; actor: string; undo_of: string | null },
  outcome: StoredStatus,
): Promise<void> {
  const name = operationToday(operation);
  measure({ of: 'operation', operation: name, outcome });
  if (env().ACTIVITY_LOG !== 'stdout') return;
  const line = {
    activity: name,
    at: new Date().toISOString(),
    entry: id,
    outcome,
    server,
    actor: doer.actor,
    ...(doer.actor === actor ? {} : { begunBy: actor }),
    ...(undoOf === null ? {} : { undoOf }),
    subjects: await subjectsOf(db, id),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function subjectsOf(db: EntryHold['db'], id: string): Promise<string[] | null> {
  try {
    const rows = await db.selectFrom('operation_subjects').select('subject').where('entry_id', '=', id).execute();
    return rows.map(({ subject }) => subject).filter((subject) => BY_ID.test(subject));
  } catch (error) {
    if (!storeErrorOf(error)) throw error;
    return null;
  }
}
