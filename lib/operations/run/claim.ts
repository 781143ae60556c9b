import 'server-only';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { heldHere } from '#lib/store/live-holds.ts';
import { sealBody } from '#lib/operations/journal/body.ts';
import { HELD, type EntryBody } from '#lib/operations/journal/entry.ts';
import type { Lease } from './lease.ts';
import { SubjectBusy, contend, lockAll, subjectRows } from './lock.ts';

export type Claim = {
  id: string;
  previewId: string;
  operation: string;
  server: string;
  actor: string;
  subjects: readonly string[];
  /** The entry it undoes, as it stood in the preview. */
  undo: { of: string; fence: number } | null;
  body: EntryBody;
};

/**
 * `ours`: everything it touches is locked. `ran`: this preview was run before. `busy`: another run holds a subject.
 * `undone`: what this undoes has been undone already, or is being; `continued`: it was continued since the preview.
 */
export type Claimed =
  | { is: 'ours'; fence: number }
  | { is: 'ran'; entryId: string }
  | { is: 'busy'; entryId: string }
  | { is: 'undone' }
  | { is: 'continued' };

class UndoneAlready extends Error {}
class ContinuedSince extends Error {}

/**
 * Makes the entry and locks its subjects, in one transaction: of any number of runs of one preview, or of previews that
 * share a subject, one gets it. Entries are made in `checking`. An undo locks the entry it undoes, too. Times are the store's.
 */
export async function claim(db: Store, wanted: Claim, lease: Lease): Promise<Claimed> {
  return claimedOrRefused(() =>
    contend(db, async (tx): Promise<Claimed> => {
      const now = await storeNow(tx);
      const inserted = await tx
        .insertInto('operations')
        .values({
          id: wanted.id,
          preview_id: wanted.previewId,
          operation: wanted.operation,
          server: wanted.server,
          actor: wanted.actor,
          status: 'checking',
          fence: 1,
          lease_until: now + lease.holdMs,
          open_until: null,
          stop_requested: 0,
          undo_of: wanted.undo?.of ?? null,
          undone_by: null,
          created_at: now,
          touched_at: now,
          finished_at: null,
          body: sealBody(wanted.id, wanted.body),
        })
        .onConflict((conflict) => conflict.column('preview_id').doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows !== 1n) {
        const first = await entryOfPreview(tx, wanted.previewId);
        if (first === null) throw new Error('a preview that was run has no entry');
        return { is: 'ran', entryId: first };
      }
      const subjects = [...new Set(wanted.subjects)];
      await subjectRows(tx, wanted, subjects);
      await lockAll(tx, wanted, withUndo(subjects, wanted.undo?.of ?? null), now);
      await refuseSecondUndo(tx, wanted.id, wanted.undo?.of ?? null, wanted.undo?.fence);
      return { is: 'ours', fence: 1 };
    }),
  );
}

/** The entry that a preview was run as; null when it never was. */
export async function entryOfPreview(db: Store, previewId: string): Promise<string | null> {
  const row = await db.selectFrom('operations').select('id').where('preview_id', '=', previewId).executeTakeFirst();
  return row?.id ?? null;
}

/**
 * Takes over an entry that stopped, whose lease has passed, or that is only watched (whoever watches sends nothing): a new fence, its
 * locks again. Null when it does not exist.
 */
export async function takeOver(db: Store, id: string, lease: Lease): Promise<Claimed | null> {
  return claimedOrRefused(() =>
    contend(db, async (tx): Promise<Claimed | null> => {
      const now = await storeNow(tx);
      const row = await tx
        .selectFrom('operations')
        .select(['fence', 'server', 'undo_of', 'status'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) return null;
      // Whoever only watches sends nothing, and may be in this process.
      if (row.status !== 'unconfirmed' && heldHere(tx, id)) throw new SubjectBusy(id);
      await refuseWhileUndone(tx, id);
      const [step, subjects] = [
        await tx.selectFrom('operation_steps').select('position').where('entry_id', '=', id).executeTakeFirst(),
        await tx.selectFrom('operation_subjects').select('subject').where('entry_id', '=', id).execute(),
      ];
      const taken = await tx
        .updateTable('operations')
        .set({
          fence: row.fence + 1,
          lease_until: now + lease.holdMs,
          status: step ? 'running' : 'checking',
          open_until: null,
          stop_requested: 0,
          finished_at: null,
          touched_at: now,
        })
        .where('id', '=', id)
        .where('fence', '=', row.fence)
        .where((eb) => eb.or([eb('lease_until', '<', now), eb('status', '=', 'unconfirmed')]))
        .where('status', 'in', [...HELD, 'interrupted', 'failed', 'stopped'])
        .executeTakeFirst();
      if (taken.numUpdatedRows !== 1n) throw new SubjectBusy(id);
      await tx.deleteFrom('operation_locks').where('entry_id', '=', id).execute();
      const wanted = subjects.map(({ subject }) => subject);
      await lockAll(tx, { id, server: row.server }, withUndo(wanted, row.undo_of), now);
      await refuseSecondUndo(tx, id, row.undo_of);
      return { is: 'ours', fence: row.fence + 1 };
    }),
  );
}

function withUndo(subjects: readonly string[], undoOf: string | null): string[] {
  return undoOf ? [...subjects, `undo:${undoOf}`] : [...subjects];
}

/** Called while the lock is held: whoever undid the entry recorded that before releasing the same lock. */
async function refuseSecondUndo(tx: Store, id: string, undoOf: string | null, fence?: number): Promise<void> {
  if (!undoOf) return;
  const row = await tx
    .selectFrom('operations')
    .select(['undone_by', 'fence'])
    .where('id', '=', undoOf)
    .executeTakeFirst();
  if (!row || (row.undone_by !== null && row.undone_by !== id)) throw new UndoneAlready();
  if (fence !== undefined && row.fence !== fence) throw new ContinuedSince();
}

/** An entry whose undo has begun is not continued. */
async function refuseWhileUndone(tx: Store, id: string): Promise<void> {
  const undo = await tx
    .selectFrom('operations')
    .innerJoin('operation_steps', 'operation_steps.entry_id', 'operations.id')
    .select('operations.id')
    .where('operations.undo_of', '=', id)
    .where('operations.status', '!=', 'stale')
    .where('operation_steps.state', '!=', 'planned')
    .executeTakeFirst();
  if (undo) throw new UndoneAlready();
}

async function claimedOrRefused<T>(claiming: () => Promise<T>): Promise<T | Claimed> {
  try {
    return await claiming();
  } catch (error) {
    if (error instanceof SubjectBusy) return { is: 'busy', entryId: error.entryId };
    if (error instanceof UndoneAlready) return { is: 'undone' };
    if (error instanceof ContinuedSince) return { is: 'continued' };
    throw error;
  }
}
