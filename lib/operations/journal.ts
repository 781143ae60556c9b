import 'server-only';
import type { Selectable } from 'kysely';
import { openText, sealText } from '#lib/store/seal.ts';
import type { Store } from '#lib/store/database.ts';
import type { Tables } from '#lib/store/tables.ts';
import type { Json, PlannedStep } from './define.ts';
import type { Entry, EntryBody, Problem, StepRecord, StepState, StoredStatus } from './entry.ts';

/** Where the sealed texts of an entry live: part of what is sealed, so that no text can be moved to another row. */
const place = (column: string, id: string) => `operations/${column}/${id}`;

/** Raised when this run is no longer the one that holds the entry: somebody continued it. Nothing more may be sent. */
export class FencedOut extends Error {
  override name = 'FencedOut';
}

/** Raised when an entry cannot be opened with the configured `STORE_KEYS`. */
export class SealedEntry extends Error {
  override name = 'SealedEntry';
}

/** Reads an entry with its steps, or null. */
export async function readEntry(db: Store, id: string): Promise<Entry | null> {
  const row = await db.selectFrom('operations').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const [steps, subjects] = await Promise.all([
    db.selectFrom('operation_steps').selectAll().where('entry_id', '=', id).orderBy('position').execute(),
    db.selectFrom('operation_subjects').select('subject').where('entry_id', '=', id).orderBy('subject').execute(),
  ]);
  return toEntry(
    row,
    steps.map(toStep),
    subjects.map(({ subject }) => subject),
  );
}

/** The entry a preview has already been run as, or null. */
export async function entryOfPreview(db: Store, previewId: string): Promise<string | null> {
  const row = await db.selectFrom('operations').select('id').where('preview_id', '=', previewId).executeTakeFirst();
  return row?.id ?? null;
}

/** Makes an entry of a row; opens what is sealed. */
export function toEntry(row: Selectable<Tables['operations']>, steps: StepRecord[], subjects: string[]): Entry {
  return {
    id: row.id,
    operation: row.operation,
    server: row.server,
    actor: row.actor,
    status: row.status as StoredStatus,
    fence: row.fence,
    leaseUntil: row.lease_until,
    stopRequested: row.stop_requested === 1,
    undoOf: row.undo_of,
    undoneBy: row.undone_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    subjects,
    body: open(place('body', row.id), row.body) as EntryBody,
    steps,
  };
}

function toStep(row: Selectable<Tables['operation_steps']>): StepRecord {
  const sealed =
    row.outcome === null
      ? {}
      : (open(place(`outcome-${row.position}`, row.entry_id), row.outcome) as Partial<StepRecord>);
  return {
    index: row.position,
    id: row.step_id,
    state: row.state as StepState,
    actor: row.actor,
    result: sealed.result,
    problem: sealed.problem ?? null,
    finishedAt: row.finished_at,
  };
}

/** Writes the sealed body of an entry. `fence` must still hold. */
export async function writeBody(db: Store, id: string, fence: number, body: EntryBody): Promise<void> {
  const sealed = sealText(place('body', id), JSON.stringify(body));
  await held(
    db
      .updateTable('operations')
      .set({ body: sealed })
      .where('id', '=', id)
      .where('fence', '=', fence)
      .executeTakeFirst(),
  );
}

/** Seals a body for a new row. */
export function sealBody(id: string, body: EntryBody): string {
  return sealText(place('body', id), JSON.stringify(body));
}

/** Puts the planned steps under the entry. */
export async function writePlan(db: Store, id: string, steps: readonly PlannedStep[]): Promise<void> {
  if (steps.length === 0) return;
  await db
    .insertInto('operation_steps')
    .values(
      steps.map((step, position) => ({
        entry_id: id,
        position,
        step_id: step.id,
        state: 'planned',
        actor: null,
        outcome: null,
        started_at: null,
        finished_at: null,
      })),
    )
    .execute();
}

/** Notes a step's state: the intent before it is sent, the outcome after. Throws `FencedOut` when the entry was taken over. */
export async function writeStep(
  db: Store,
  entry: { id: string; fence: number; actor: string },
  position: number,
  state: StepState,
  outcome: { result?: Json; problem?: Problem },
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await held(
      tx
        .updateTable('operations')
        .set({ touched_at: now })
        .where('id', '=', entry.id)
        .where('fence', '=', entry.fence)
        .executeTakeFirst(),
    );
    await tx
      .updateTable('operation_steps')
      .set({
        state,
        actor: entry.actor,
        outcome:
          state === 'intended' ? null : sealText(place(`outcome-${position}`, entry.id), JSON.stringify(outcome)),
        ...(state === 'intended' ? { started_at: now } : { finished_at: now }),
      })
      .where('entry_id', '=', entry.id)
      .where('position', '=', position)
      .execute();
  });
}

/** Ends an entry: its status and body, and its locks are given back. */
export async function finish(
  db: Store,
  entry: { id: string; fence: number },
  status: StoredStatus,
  body: EntryBody,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await held(
      tx
        .updateTable('operations')
        .set({ status, body: sealBody(entry.id, body), finished_at: now, lease_until: 0, touched_at: now })
        .where('id', '=', entry.id)
        .where('fence', '=', entry.fence)
        .executeTakeFirst(),
    );
    await tx.deleteFrom('operation_locks').where('entry_id', '=', entry.id).execute();
  });
}

/** If the entry took another one back, notes it there. */
export async function markUndone(db: Store, id: string): Promise<void> {
  const row = await db.selectFrom('operations').select('undo_of').where('id', '=', id).executeTakeFirst();
  if (row?.undo_of) await db.updateTable('operations').set({ undone_by: id }).where('id', '=', row.undo_of).execute();
}

async function held(update: Promise<{ numUpdatedRows: bigint }>): Promise<void> {
  if ((await update).numUpdatedRows !== 1n) throw new FencedOut();
}

function open(where: string, sealed: string): unknown {
  const text = openText(where, sealed);
  if (!text.ok) throw new SealedEntry();
  return JSON.parse(text.value);
}
