import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json, Plan } from '#lib/operations/plan/define.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { entryMustBeSaid, planMustBeSaid } from './said.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { resume, start, type Started } from '#lib/operations/run/run.ts';

type Begun = Extract<Started, { is: 'started' }>;

/** A preview that must be possible. */
export async function shown(runner: Runner, name: string, input: unknown): Promise<{ token: string; plan: Plan }> {
  const seen = await preview(runner, name, input);
  if (!seen.ok) throw new Error(seen.problem.code);
  planMustBeSaid(name, seen.plan);
  return seen;
}

/** Previews and starts what must start; its job runs. */
export async function begun(runner: Runner, name: string, input: unknown): Promise<Begun> {
  const started = await start(runner, (await shown(runner, name, input)).token);
  if (started.is !== 'started') throw new Error(JSON.stringify(started));
  return started;
}

/** An entry that ended, and what its run delivered. */
export type Ended = { entry: Entry; delivered: Json[] };

/** Runs what was previewed, to its end. Throws with the refusal or the problem when it does not start. */
export async function finish(runner: Runner, seen: Awaited<ReturnType<typeof preview>>): Promise<Ended> {
  if (!seen.ok) throw new Error(`no preview: ${JSON.stringify(seen.problem)}`);
  if (seen.plan.refusal) throw new Error(`refused: ${JSON.stringify(seen.plan.refusal)}`);
  const ended = await endOf(runner, await start(runner, seen.token));
  planMustBeSaid(ended.entry.operation, seen.plan);
  entryMustBeSaid(ended.entry);
  return ended;
}

/** Waits for the end of what was started. */
export async function endOf(runner: Runner, started: Started): Promise<Ended> {
  if (started.is !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  await started.job;
  return { entry: await entryOf(runner, started.entryId), delivered: started.delivered };
}

/** Previews, runs and waits for the end; answers the entry and what was delivered. */
export async function completed(runner: Runner, name: string, input: unknown): Promise<Ended> {
  return finish(runner, await preview(runner, name, input));
}

/** The same; answers the entry. */
export async function carryOut(runner: Runner, name: string, input: unknown): Promise<Entry> {
  return (await completed(runner, name, input)).entry;
}

/** Why an operation would not run: the key of its refusal, or the code of its problem; null when it would. */
export async function refusalOf(runner: Runner, name: string, input: unknown): Promise<string | null> {
  const seen = await preview(runner, name, input);
  return seen.ok ? (seen.plan.refusal?.key ?? null) : seen.problem.code;
}

/** Undoes an entry and waits for the end; answers the entry of the undo. */
export async function undoEntry(runner: Runner, entryId: string): Promise<Entry> {
  return (await finish(runner, await undoPreview(runner, entryId))).entry;
}

/** Continues an entry and waits for the end; answers the entry and what was delivered. */
export async function continued(runner: Runner, entryId: string): Promise<Ended> {
  return endOf(runner, await resume(runner, entryId));
}

/** The same; answers the entry. */
export async function continueEntry(runner: Runner, entryId: string): Promise<Entry> {
  return (await continued(runner, entryId)).entry;
}

/** Ends a lease at once, so that no test waits for it or depends on how busy the machine is. */
export async function lapse({ db }: Runner, entryId: string): Promise<void> {
  await db.updateTable('operations').set({ lease_until: 1 }).where('id', '=', entryId).execute();
}

/** Makes the writes of an entry so many milliseconds older: no test has a quarter of an hour. */
export async function madeOlder({ db }: Runner, entryId: string, ms: number): Promise<void> {
  await db
    .updateTable('operation_steps')
    .set((eb) => ({ started_at: eb('started_at', '-', ms) }))
    .where('entry_id', '=', entryId)
    .execute();
}

export async function entryOf({ db }: Runner, entryId: string): Promise<Entry> {
  const entry = await readEntry(db, entryId);
  if (!entry) throw new Error('no entry');
  return entry;
}

/** Waits until something is so; the time-out of the test ends what never is. */
export async function until(asked: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await asked())) await sleep(15);
}

/** How many of each kind there are, for counting outcomes. */
export function tally(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
