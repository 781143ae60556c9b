import 'server-only';
import { randomUUID } from 'node:crypto';
import { planNow } from '#lib/operations/effects/plan-of.ts';
import { log } from '#lib/log.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { storeNow } from '#lib/store/clock.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { NOTHING_PLANNED } from '#lib/operations/journal/body.ts';
import { claim, entryOfPreview, takeOver, type Claimed } from './claim.ts';
import { contactsOf } from '#lib/operations/journal/contacts.ts';
import { asJson, type Json, type Operation, type Plan, type StepContext } from '#lib/operations/plan/define.ts';
import {
  canContinue,
  statusOf,
  type Entry,
  type EntryBody,
  type Problem,
  type StepRecord,
} from '#lib/operations/journal/entry.ts';
import { fingerprint } from '#lib/operations/plan/fingerprint.ts';
import { begin, finish, readEntry } from '#lib/operations/journal/journal.ts';
import { recordSent } from '#lib/operations/journal/secrets-sent.ts';
import { FencedOut, EntryHold, LEASE } from './lease.ts';
import { SubjectBusy } from './lock.ts';
import { prepare, tokenFor, unproved, type Runner, type UndoTarget } from '#lib/operations/plan/preview.ts';
import { openPreview } from '#lib/operations/plan/preview-token.ts';
import { runEntry } from './run-entry.ts';
import { steadyNow } from './steady-clock.ts';
import { dropWatch, MAY_HAPPEN_MS } from './watch.ts';

/**
 * `started`: the entry runs; `job` ends when it has ended and never rejects (give it to `after()`, or wait for it when
 * `inline`; then `delivered` has what is shown once). Everything else changed nothing. `stale`: what is there now.
 */
export type Started =
  | { is: 'started'; entryId: string; job: Promise<void>; inline: boolean; delivered: Json[] }
  | { is: 'ran'; entryId: string }
  | { is: 'busy'; entryId: string; who: string }
  | { is: 'stale'; entryId: string; plan: Plan; token: string }
  | { is: 'problem'; problem: Problem };

/**
 * Runs what a preview showed, once: claims the entry and its subjects, reads the facts again, and goes on only when the
 * effects are still those that were agreed to. A repeat answers the first run's entry. Throws for bugs only.
 */
export function start(runner: Runner, token: string): Promise<Started> {
  return withoutStoreErrors(async () => {
    const opened = openPreview(token, runner.session, Date.now());
    if (!opened.ok) {
      const entryId = opened.id === undefined ? null : await entryOfPreview(runner.db, opened.id);
      return entryId === null ? { is: 'problem', problem: { code: opened.problem } } : { is: 'ran', entryId };
    }
    const { id: previewId, operation: name, input: rawInput, title, undo, fingerprint: agreed } = opened.preview;
    const prepared = prepare(runner, name, rawInput);
    if (!prepared.ok) return { is: 'problem', problem: prepared.problem };
    const { operation, input } = prepared;
    const problem = unproved(runner, operation);
    if (problem) return { is: 'problem', problem };
    const { keyName, yourName, server, actor } = runner.session;
    const plan = { ...NOTHING_PLANNED, title };
    const body: EntryBody = { input: asJson(input), before: null, plan, who: { keyName, yourName }, agreed };
    const id = randomUUID();
    const asked = steadyNow();
    const subjects = operation.subjects(input);
    const wanted = { id, previewId, operation: name, server, actor, subjects, undo: undo ?? null, body };
    const claimed = await claim(runner.db, wanted, runner.lease ?? LEASE);
    if (claimed.is !== 'ours') return refused(runner, claimed);
    return planAgain(runner, operation, holdOf(runner, id, claimed.fence, asked), body, undo);
  });
}

/**
 * Continues an entry that stopped, failed or lost its process, with the credentials of whoever asks. Steps that happened
 * are recognised, not repeated; an entry that died in `checking` is planned again.
 */
export function resume(runner: Runner, entryId: string): Promise<Started> {
  return withoutStoreErrors(async () => {
    const asked = steadyNow();
    const found = await readEntry(runner.db, entryId);
    if (!found || found.server !== runner.session.server) return { is: 'problem', problem: { code: 'no_entry' } };
    if (found.body.gone) return { is: 'problem', problem: { code: `entry_${found.body.gone}` } };
    const prepared = prepare(runner, found.operation, found.body.input);
    if (!prepared.ok) return { is: 'problem', problem: prepared.problem };
    const unproven = unproved(runner, prepared.operation);
    if (unproven) return { is: 'problem', problem: unproven };
    const open = openCreation(prepared.operation, found, await storeNow(runner.db));
    if (open) return { is: 'problem', problem: open };
    if (!canContinue(found)) {
      if (found.alive) return { is: 'busy', entryId, who: nameOf(found.body) };
      return { is: 'problem', problem: { code: 'nothing_to_continue' } };
    }
    const taken = await takeOver(runner.db, entryId, runner.lease ?? LEASE);
    if (taken?.is !== 'ours') return refused(runner, taken ?? { is: 'gone' });
    dropWatch(entryId);
    const hold = holdOf(runner, entryId, taken.fence, asked);
    try {
      const entry = (await readEntry(runner.db, entryId)) ?? found;
      const { problem: _, ...body } = entry.body;
      if (entry.steps.length > 0) return startJob(runner, prepared.operation, hold, body, entry.steps, true);
      return await planAgain(runner, prepared.operation, hold, body, await undoTargetOf(runner, entry));
    } catch (error) {
      hold.end();
      throw error;
    }
  });
}

/** Why a watched entry can't be continued yet: it creates something, which may still happen, and somebody looks for it already. */
function openCreation(operation: Operation, entry: Entry, now: number): Problem | null {
  if (statusOf(entry) !== 'unconfirmed') return null;
  const open = entry.steps.find(({ state }) => state === 'unknown');
  const kind = entry.body.plan.steps[open?.index ?? -1]?.kind;
  const until = (open?.startedAt ?? 0) + MAY_HAPPEN_MS;
  if (kind === undefined || !operation.steps[kind]?.creates || until <= now) return null;
  return { code: 'may_still_happen', values: { until } };
}

/** Reads and plans once more, under the locks; then runs the steps, or answers the new plan. */
async function planAgain(
  runner: Runner,
  operation: Operation,
  hold: EntryHold,
  body: EntryBody,
  undo: UndoTarget | undefined,
): Promise<Started> {
  try {
    const facts = await operation.read(body.input, runner.omni(hold.id), runner.session.scopes, runner.db);
    if (!facts.ok) {
      const problem = problemOf(facts.error);
      await finish(hold, 'stale', { ...body, problem });
      hold.end();
      return { is: 'problem', problem };
    }
    const plan = planNow(operation, body.input, facts.value);
    if (plan.refusal || fingerprint(plan.effects) !== body.agreed) {
      await finish(hold, 'stale', { ...body, plan });
      hold.end();
      const token = tokenFor(runner, operation.name, body.input, plan, undo);
      return { is: 'stale', entryId: hold.id, plan, token };
    }
    const contacts = contactsOf(operation.contacts?.(body.input, facts.value) ?? []);
    const planned = { ...body, plan, before: asJson(facts.value), ...(contacts.length > 0 ? { contacts } : {}) };
    const more = operation.subjectsOf?.(body.input, facts.value) ?? [];
    return startJob(runner, operation, hold, planned, await begin(hold, planned, more), false);
  } catch (error) {
    if (error instanceof SubjectBusy) {
      hold.end();
      await finish(hold, 'stale', body);
      return refused(runner, { is: 'busy', entryId: error.entryId });
    }
    hold.end();
    if (error instanceof FencedOut) return { is: 'ran', entryId: hold.id };
    throw error;
  }
}

function startJob(
  runner: Runner,
  operation: Operation,
  hold: EntryHold,
  body: EntryBody,
  records: readonly StepRecord[],
  continued: boolean,
): Started {
  const delivered: Json[] = [];
  const { server } = runner.session;
  const deliver: StepContext['deliver'] = async (secret, of) => {
    // The text first: its page gets it also where the store is away by now.
    delivered.push(secret);
    await recordSent(hold.db, { entryId: hold.id, server, ...of });
  };
  const job = runEntry({ runner, operation, hold, body, records, continued, deliver });
  return { is: 'started', entryId: hold.id, job, inline: operation.mode === 'inline', delivered };
}

function holdOf(runner: Runner, id: string, fence: number, claimedAt: number): EntryHold {
  const { actor, yourName, keyName } = runner.session;
  return new EntryHold(runner.db, { id, fence }, { actor, who: yourName ?? keyName }, runner.lease ?? LEASE, claimedAt);
}

async function refused(runner: Runner, claimed: Exclude<Claimed, { is: 'ours' }> | { is: 'gone' }): Promise<Started> {
  if (claimed.is === 'ran') return claimed;
  if (claimed.is === 'continued') return { is: 'problem', problem: { code: 'undone_moved' } };
  if (claimed.is === 'undone') return { is: 'problem', problem: { code: 'undone_already' } };
  if (claimed.is === 'gone') return { is: 'problem', problem: { code: 'no_entry' } };
  const holder = await readEntry(runner.db, claimed.entryId);
  return { is: 'busy', entryId: claimed.entryId, who: holder ? nameOf(holder.body) : '—' };
}

async function undoTargetOf({ db }: Runner, { undoOf }: Entry): Promise<UndoTarget | undefined> {
  const undone = undoOf ? await readEntry(db, undoOf) : null;
  return undone ? { of: undone.id, fence: undone.fence } : undefined;
}

function nameOf({ who }: EntryBody): string {
  return who.yourName ?? who.keyName;
}

/** Nothing is sent that cannot be journalled: a store that fails before the first step is a problem, not a bug. */
async function withoutStoreErrors(run: () => Promise<Started>): Promise<Started> {
  try {
    return await run();
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'operations.store_down', { kind: failure.kind });
    return { is: 'problem', problem: { code: failure.sentenceKey } };
  }
}
