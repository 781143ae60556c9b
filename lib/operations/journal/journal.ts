import 'server-only';
import type { Selectable } from 'kysely';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { heldHere } from '#lib/store/live-holds.ts';
import type { Tables } from '#lib/store/tables.ts';
import { openBody, openOutcome, sealBody, sealOutcome } from './body.ts';
import { contactHash } from './contacts.ts';
import type { PlannedStep } from '#lib/operations/plan/define.ts';
import {
  HELD,
  type Entry,
  type EntryBody,
  type StepOutcome,
  type StepRecord,
  type StepState,
  type StoredStatus,
} from './entry.ts';
import { operationToday, stepRecordToday } from './read-old-names.ts';
import { publishEnd } from './publish-end.ts';
import { FencedOut, type EntryHold } from '#lib/operations/run/lease.ts';
import { contend, lockAll, subjectRows } from '#lib/operations/run/lock.ts';
import { steadyNow } from '#lib/operations/run/steady-clock.ts';

/** Reads an entry with its steps, or null. */
export async function readEntry(db: Store, id: string): Promise<Entry | null> {
  const rows = await db.selectFrom('operations').selectAll().where('id', '=', id.toLowerCase()).execute();
  const [entry] = await readEntries(db, rows);
  return entry ?? null;
}

/** Entries of rows, in their order, with two queries for all their steps and subjects. Whether one is alive is told by the store's clock. */
export async function readEntries(db: Store, rows: Selectable<Tables['operations']>[]): Promise<Entry[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const now = rows.some(({ status }) => HELD.includes(status)) ? await storeNow(db) : 0;
  const [steps, subjects] = await Promise.all([
    db.selectFrom('operation_steps').selectAll().where('entry_id', 'in', ids).orderBy('position').execute(),
    db.selectFrom('operation_subjects').selectAll().where('entry_id', 'in', ids).orderBy('subject').execute(),
  ]);
  const [stepsOf, subjectsOf] = [
    Map.groupBy(steps, (step) => step.entry_id),
    Map.groupBy(subjects, (one) => one.entry_id),
  ];
  return rows.map((row) => {
    const body = openBody(row.id, row.operation, row.body);
    return {
      id: row.id,
      operation: operationToday(row.operation),
      server: row.server,
      actor: row.actor,
      status: row.status as StoredStatus,
      fence: row.fence,
      alive: HELD.includes(row.status) && (row.lease_until >= now || heldHere(db, row.id)),
      stopRequested: row.stop_requested === 1,
      undoOf: row.undo_of,
      undoneBy: row.undone_by,
      createdAt: row.created_at,
      finishedAt: row.finished_at,
      subjects: (subjectsOf.get(row.id) ?? []).map(({ subject }) => subject),
      body,
      steps: (stepsOf.get(row.id) ?? []).map((step) =>
        stepRecordToday(row.operation, toStep(step), body.plan.steps[step.position]?.kind),
      ),
    };
  });
}

function toStep(row: Selectable<Tables['operation_steps']>): StepRecord {
  const outcome = openOutcome(row.entry_id, row.position, row.outcome);
  return {
    index: row.position,
    id: row.step_id,
    state: row.state as StepState,
    actor: row.actor,
    who: outcome.who ?? null,
    result: outcome.result,
    problem: outcome.problem ?? null,
    makerUnknown: outcome.makerUnknown === true,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/**
 * The end of checking: the plan with everything that will be lost, its steps, what the entry is found by, and locks on
 * what else it touches, all or nothing. Answers the steps as they stand. Throws `FencedOut` when the entry was taken over,
 * `SubjectBusy` when another run holds one of `more`.
 */
export async function begin(hold: EntryHold, body: EntryBody, more: readonly string[]): Promise<StepRecord[]> {
  const { db, id, lease } = hold;
  const asked = steadyNow();
  const steps = body.plan.steps.map((step, position) => plannedRow(id, step, position));
  await contend(db, async (tx) => {
    const now = await storeNow(tx);
    const { server } = await updateHeld(tx, hold, {
      status: 'running',
      body: sealBody(id, body),
      lease_until: now + lease.holdMs,
      touched_at: now,
    });
    await lockAll(tx, { id, server }, more, now);
    await subjectRows(tx, { id, server }, more);
    if (steps.length > 0) await tx.insertInto('operation_steps').values(steps).execute();
    const finds = [...new Set((body.contacts ?? []).map(contactHash))];
    if (finds.length > 0) {
      await tx
        .insertInto('operation_finds')
        .values(finds.map((hash) => ({ entry_id: id, hash })))
        .execute();
    }
  });
  hold.renewed(asked);
  return steps.map(toStep);
}

function plannedRow(id: string, step: PlannedStep, position: number): Selectable<Tables['operation_steps']> {
  const nothing = { actor: null, outcome: null, started_at: null, finished_at: null };
  return { entry_id: id, position, step_id: step.id, state: 'planned', ...nothing };
}

/**
 * Records that a step is about to be sent, and renews the lease; `stop` when somebody asked the run to stop, and then
 * nothing is recorded. Throws `FencedOut` when the entry was taken over.
 */
export async function recordIntent(hold: EntryHold, position: number): Promise<'go' | 'stop'> {
  const asked = steadyNow();
  const answer = await hold.db.transaction().execute(async (tx) => {
    const now = await storeNow(tx);
    const row = await updateHeld(tx, hold, { touched_at: now, lease_until: now + hold.lease.holdMs });
    if (row.stop_requested === 1) return 'stop';
    await tx
      .updateTable('operation_steps')
      .set({ state: 'intended', actor: hold.doer.actor, outcome: null, started_at: now, finished_at: null })
      .where('entry_id', '=', hold.id)
      .where('position', '=', position)
      .execute();
    return 'go';
  });
  hold.renewed(asked);
  return answer;
}

/** Records what became of a step. Throws `FencedOut` when the entry was taken over. */
export async function recordResult(
  hold: EntryHold,
  position: number,
  state: 'done' | 'failed' | 'unknown',
  outcome: StepOutcome,
): Promise<void> {
  const asked = steadyNow();
  const sealed = sealOutcome(hold.id, position, { ...outcome, who: hold.doer.who });
  await hold.db.transaction().execute(async (tx) => {
    const now = await storeNow(tx);
    await updateHeld(tx, hold, { touched_at: now, lease_until: now + hold.lease.holdMs });
    await tx
      .updateTable('operation_steps')
      .set({ state, actor: hold.doer.actor, outcome: sealed, finished_at: now })
      .where('entry_id', '=', hold.id)
      .where('position', '=', position)
      .execute();
  });
  hold.renewed(asked);
}

/**
 * Leaves an entry held while one of its writes may still happen, and its subjects locked until then (`openUntil`, by the store's clock),
 * whether or not this process goes on watching. Throws `FencedOut` when the entry was taken over.
 */
export async function keepOpen(hold: EntryHold, body: EntryBody, openUntil: number): Promise<void> {
  const asked = steadyNow();
  const now = await storeNow(hold.db);
  const open = { status: 'unconfirmed', body: sealBody(hold.id, body), lease_until: now + hold.lease.holdMs };
  const row = await updateHeld(hold.db, hold, { ...open, open_until: openUntil, touched_at: now });
  hold.renewed(asked);
  await publishEnd(hold, row, 'unconfirmed');
}

/** Nobody watches an open entry any more; its subjects stay locked. Throws `FencedOut` when the entry was taken over. */
export async function letGo(hold: EntryHold): Promise<void> {
  await updateHeld(hold.db, hold, { lease_until: 0 });
}

/**
 * Ends an entry: its status and body, its locks released, and, where it undid another entry, its id there. Throws
 * `FencedOut` when the entry was taken over.
 */
export async function finish(hold: EntryHold, status: StoredStatus, body: EntryBody): Promise<void> {
  const sealed = sealBody(hold.id, body);
  const entry = await hold.db.transaction().execute(async (tx) => {
    const now = await storeNow(tx);
    const ended = { status, body: sealed, finished_at: now, lease_until: 0, open_until: null, touched_at: now };
    const row = await updateHeld(tx, hold, ended);
    if (row.undo_of && (status === 'done' || status === 'differs')) {
      await tx.updateTable('operations').set({ undone_by: hold.id }).where('id', '=', row.undo_of).execute();
    }
    await tx.deleteFrom('operation_locks').where('entry_id', '=', hold.id).execute();
    return row;
  });
  await publishEnd(hold, entry, status);
}

async function updateHeld(
  tx: Store,
  { id, fence }: EntryHold,
  set: Partial<Tables['operations']>,
): Promise<Pick<Selectable<Tables['operations']>, 'stop_requested' | 'undo_of' | 'server' | 'operation' | 'actor'>> {
  const row = await tx
    .updateTable('operations')
    .set(set)
    .where('id', '=', id)
    .where('fence', '=', fence)
    .returning(['stop_requested', 'undo_of', 'server', 'operation', 'actor'])
    .executeTakeFirst();
  if (!row) throw new FencedOut();
  return row;
}
