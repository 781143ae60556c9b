import 'server-only';
import type { Store } from '#lib/store/database.ts';
import { heldHere } from '#lib/store/live-holds.ts';
import { HELD } from '#lib/operations/journal/entry.ts';

/** Another run holds a subject. */
export class SubjectBusy extends Error {
  readonly entryId: string;
  constructor(entryId: string) {
    super('another run holds a subject');
    this.entryId = entryId;
  }
}

class LostRace extends Error {}

const TRIES = 5;

/** PostgreSQL: a deadlock, or transactions that could not be put in an order. The one that was ended may try again. */
const RETRIED_CODES = new Set(['40001', '40P01']);

/** A transaction that competes for locks: where it only lost a race of the database's own, it is tried again. */
export async function contend<T>(db: Store, work: (tx: Store) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (attempt === TRIES || !(error instanceof LostRace || RETRIED_CODES.has(code))) throw error;
    }
  }
}

/** Records what an entry touches: what it is listed by, and locks again when it is continued. */
export async function subjectRows(
  tx: Store,
  entry: { id: string; server: string },
  subjects: readonly string[],
): Promise<void> {
  const rows = [...new Set(subjects)].map((subject) => ({ entry_id: entry.id, server: entry.server, subject }));
  if (rows.length === 0) return;
  await tx
    .insertInto('operation_subjects')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Locks subjects for an entry, or throws `SubjectBusy` naming who holds one. The lock of a run whose lease has passed, and
 * none of whose writes may still happen, is taken: its fence moves, so that it can write nothing more. Sorted, so that two runs cannot wait for each other. `now` is
 * `storeNow`.
 */
export async function lockAll(
  tx: Store,
  entry: { id: string; server: string },
  subjects: readonly string[],
  now: number,
): Promise<void> {
  for (const subject of [...new Set(subjects)].sort()) await lock(tx, entry, subject, now);
}

async function lock(tx: Store, entry: { id: string; server: string }, subject: string, now: number): Promise<void> {
  const { id, server } = entry;
  for (let round = 0; round < 3; round += 1) {
    const made = await tx
      .insertInto('operation_locks')
      .values({ server, subject, entry_id: id })
      .onConflict((conflict) => conflict.columns(['server', 'subject']).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 1n) return;
    const holder = await tx
      .selectFrom('operation_locks')
      .leftJoin('operations', 'operations.id', 'operation_locks.entry_id')
      .select(['operation_locks.entry_id', 'operations.lease_until', 'operations.open_until'])
      .where('operation_locks.server', '=', server)
      .where('operation_locks.subject', '=', subject)
      .executeTakeFirst();
    if (!holder) continue;
    if (holder.entry_id === id) return;
    const until = Math.max(holder.lease_until ?? 0, holder.open_until ?? 0);
    const alive = until >= now || heldHere(tx, holder.entry_id);
    if (alive || !(await interruptExpired(tx, holder.entry_id, now))) throw new SubjectBusy(holder.entry_id);
  }
  throw new LostRace();
}

/** Interrupts a run whose lease has passed: a new fence, its locks gone. False when the lease was renewed meanwhile. */
async function interruptExpired(tx: Store, id: string, now: number): Promise<boolean> {
  await tx
    .updateTable('operations')
    .set({ fence: (eb) => eb('fence', '+', 1), status: 'interrupted' })
    .where('id', '=', id)
    .where('status', 'in', HELD)
    .where('lease_until', '<', now)
    .where((eb) => eb.or([eb('open_until', 'is', null), eb('open_until', '<', now)]))
    .execute();
  const alive = await tx
    .selectFrom('operations')
    .select('id')
    .where('id', '=', id)
    .where('status', 'in', HELD)
    .executeTakeFirst();
  if (alive) return false;
  await tx.deleteFrom('operation_locks').where('entry_id', '=', id).execute();
  return true;
}
