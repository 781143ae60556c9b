import 'server-only';
import type { Store } from '#lib/store/database.ts';
import type { EntryBody } from './entry.ts';
import { entryOfPreview, sealBody } from './journal.ts';

/** How long a run may be silent before somebody else may take it over, and how often it says it is alive; milliseconds. */
export type Lease = { holdMs: number; beatMs: number };
export const LEASE: Lease = { holdMs: 15_000, beatMs: 4_000 };

export type Claim = {
  id: string;
  previewId: string;
  operation: string;
  server: string;
  actor: string;
  subjects: readonly string[];
  undoOf: string | null;
  body: EntryBody;
};

/** `ours`: the entry was made and everything it touches is locked. `ran`: this preview was run before. `busy`: another run holds a subject. */
export type Claimed = { is: 'ours'; fence: number } | { is: 'ran'; entryId: string } | { is: 'busy'; entryId: string };

/**
 * Makes the entry and locks its subjects, in one transaction: of any number of runs of one preview, or of previews that
 * share a subject, one gets it. Locks whose holder fell silent are taken over. Entries are made in `checking`.
 */
export async function claim(db: Store, wanted: Claim, lease: Lease, now: number): Promise<Claimed> {
  const already = await entryOfPreview(db, wanted.previewId);
  if (already) return { is: 'ran', entryId: already };
  try {
    return await db.transaction().execute(async (tx) => {
      await tx
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
          stop_requested: 0,
          undo_of: wanted.undoOf,
          undone_by: null,
          created_at: now,
          touched_at: now,
          finished_at: null,
          body: sealBody(wanted.id, wanted.body),
        })
        .execute();
      const subjects = [...new Set(wanted.subjects)].sort();
      await tx
        .insertInto('operation_subjects')
        .values(subjects.map((subject) => ({ entry_id: wanted.id, server: wanted.server, subject })))
        .execute();
      await lock(tx, wanted.id, wanted.server, subjects, now);
      return { is: 'ours', fence: 1 } as const;
    });
  } catch (error) {
    const ran = await entryOfPreview(db, wanted.previewId);
    if (ran) return { is: 'ran', entryId: ran };
    if (error instanceof Busy) return { is: 'busy', entryId: error.entryId };
    const holder = await holderOf(db, wanted.server, wanted.subjects, now);
    if (holder) return { is: 'busy', entryId: holder };
    throw error;
  }
}

/** Takes an entry that stopped, or whose process fell silent: a new fence, its locks again. Null when it is still held. */
export async function takeOver(
  db: Store,
  id: string,
  lease: Lease,
  now: number,
): Promise<{ is: 'ours'; fence: number } | { is: 'busy'; entryId: string }> {
  try {
    return await db.transaction().execute(async (tx) => {
      const row = await tx
        .selectFrom('operations')
        .select(['fence', 'server'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const taken = await tx
        .updateTable('operations')
        .set({
          fence: row.fence + 1,
          lease_until: now + lease.holdMs,
          status: 'running',
          stop_requested: 0,
          finished_at: null,
          touched_at: now,
        })
        .where('id', '=', id)
        .where('fence', '=', row.fence)
        .where('lease_until', '<', now)
        .where('status', 'in', ['running', 'checking', 'interrupted', 'failed', 'stopped'])
        .executeTakeFirst();
      if (taken.numUpdatedRows !== 1n) throw new Busy(id);
      await tx.deleteFrom('operation_locks').where('entry_id', '=', id).execute();
      const subjects = await tx
        .selectFrom('operation_subjects')
        .select('subject')
        .where('entry_id', '=', id)
        .orderBy('subject')
        .execute();
      await lock(
        tx,
        id,
        row.server,
        subjects.map(({ subject }) => subject),
        now,
      );
      return { is: 'ours', fence: row.fence + 1 } as const;
    });
  } catch (error) {
    if (error instanceof Busy) return { is: 'busy', entryId: error.entryId };
    throw error;
  }
}

/** Says the run is alive. False when it was taken over, or its lease had passed before it could say so. */
export async function beat(db: Store, id: string, fence: number, lease: Lease, now: number): Promise<boolean> {
  const kept = await db
    .updateTable('operations')
    .set({ lease_until: now + lease.holdMs })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('lease_until', '>=', now)
    .executeTakeFirst();
  return kept.numUpdatedRows === 1n;
}

/** Asks a run to stop before its next step. False when it is not running. */
export async function requestStop(db: Store, id: string): Promise<boolean> {
  const asked = await db
    .updateTable('operations')
    .set({ stop_requested: 1 })
    .where('id', '=', id)
    .where('status', 'in', ['checking', 'running'])
    .executeTakeFirst();
  return asked.numUpdatedRows === 1n;
}

class Busy extends Error {
  readonly entryId: string;
  constructor(entryId: string) {
    super('another run holds a subject');
    this.entryId = entryId;
  }
}

async function lock(
  tx: Store,
  entryId: string,
  server: string,
  subjects: readonly string[],
  now: number,
): Promise<void> {
  for (const subject of subjects) {
    const silent = await tx
      .selectFrom('operation_locks')
      .innerJoin('operations', 'operations.id', 'operation_locks.entry_id')
      .select(['operations.id', 'operations.lease_until'])
      .where('operation_locks.server', '=', server)
      .where('operation_locks.subject', '=', subject)
      .executeTakeFirst();
    if (silent && silent.lease_until >= now) throw new Busy(silent.id);
    if (silent) {
      await tx
        .updateTable('operations')
        .set({ fence: (eb) => eb('fence', '+', 1), status: 'interrupted' })
        .where('id', '=', silent.id)
        .where('status', 'in', ['running', 'checking'])
        .execute();
      await tx.deleteFrom('operation_locks').where('entry_id', '=', silent.id).execute();
    }
    await tx.insertInto('operation_locks').values({ server, subject, entry_id: entryId }).execute();
  }
}

async function holderOf(db: Store, server: string, subjects: readonly string[], now: number): Promise<string | null> {
  const row = await db
    .selectFrom('operation_locks')
    .innerJoin('operations', 'operations.id', 'operation_locks.entry_id')
    .select('operations.id')
    .where('operation_locks.server', '=', server)
    .where('operation_locks.subject', 'in', [...subjects])
    .where('operations.lease_until', '>=', now)
    .executeTakeFirst();
  return row?.id ?? null;
}
