import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { elsewhere } from '#lib/store/testing/elsewhere.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { statusOf } from '#lib/operations/journal/entry.ts';
import { startFaultBed, type FaultBed } from '#lib/operations/testing/faults/fault-bed.ts';
import { SCENES } from '#lib/operations/testing/faults/fault-scenes.ts';
import { continueEntry, entryOf, lapse, madeOlder, shown } from '#lib/operations/testing/runs.ts';
import { resume, start } from './run.ts';
import { MAY_HAPPEN_MS, watchOf } from './watch.ts';

const MINUTE = 60_000;
let db: Store;
let bed: FaultBed;
beforeAll(async () => {
  db = await openStore({ file: ':memory:' });
  bed = await startFaultBed(db);
});
beforeEach(() => bed.proxy.reset());
afterAll(async () => {
  await bed.stop();
  await db.destroy();
});

/** A runner whose waits end only up to a moment (milliseconds); the rest of the time does not pass until `pass` says so. */
function stopped(at: number): { runner: Runner; pass: () => void } {
  let now = 0;
  let pass = (): void => {};
  const released = new Promise<void>((resolve) => (pass = resolve));
  const wait = async (ms: number) => {
    now += ms;
    if (now > at) await released;
    await bed.proxy.advance(ms);
  };
  return { runner: { ...bed.runner, wait }, pass };
}

/** Runs a scene whose first write meets a fault, until the run's own looks are over. */
async function unconfirmed(runner: Runner, name: string, fault: Parameters<FaultBed['proxy']['arm']>[0], nth = 1) {
  const scene = await SCENES.find((one) => one.name === name)?.prepare(bed);
  const { token } = await shown(runner, name, scene?.input);
  bed.proxy.arm(fault, { nth });
  const started = await start(runner, token);
  if (started.is !== 'started') throw new Error(JSON.stringify(started));
  await started.job;
  const entry = await entryOf(runner, started.entryId);
  expect(entry.status).toBe('unconfirmed');
  return { entry, input: scene?.input };
}

const cut = { kind: 'cut-before' } as const;

describe('operations.run: a write that is not confirmed', () => {
  test('keeps its subjects locked, is seen when it happens, and its entry ends as done and verified', async () => {
    const { runner, pass } = stopped(10_000);
    const { entry, input } = await unconfirmed(runner, 'persons.edit', { kind: 'late', afterMs: 3 * MINUTE });
    const other = await shown(runner, 'persons.edit', { ...(input as object), changes: { displayName: 'Outra' } });
    expect(await start(runner, other.token)).toMatchObject({ is: 'busy', entryId: entry.id });
    expect(await undoPreview(runner, entry.id)).toMatchObject({ ok: false, problem: { code: 'may_still_happen' } });
    pass();
    await watchOf(entry.id);
    const ended = await entryOf(runner, entry.id);
    expect([ended.status, ended.steps[0]?.state, ended.body.problem]).toEqual(['done', 'done', undefined]);
    expect(ended.body.receipt?.checks.every(({ held }) => held)).toBe(true);
    expect(bed.proxy.writes).toHaveLength(1);
    expect(await db.selectFrom('operation_locks').selectAll().where('entry_id', '=', entry.id).execute()).toEqual([]);
  });

  test('of a run with more steps stops it halfway: nothing more is sent until somebody finishes it', async () => {
    const { entry } = await unconfirmed(stopped(10_000).runner, 'persons.link', { kind: 'late', afterMs: 20_000 });
    expect(bed.proxy.writes).toHaveLength(1);
    await lapse(bed.runner, entry.id);
    const { entry: whole } = await unconfirmed(bed.runner, 'persons.link', { kind: 'late', afterMs: MINUTE });
    await watchOf(whole.id);
    const halfway = await entryOf(bed.runner, whole.id);
    expect([halfway.status, halfway.steps.map(({ state }) => state)]).toEqual(['stopped', ['done', 'planned']]);
    expect((await continueEntry(bed.runner, whole.id)).status).toBe('done');
  });

  test('that nobody sees for 15 minutes is never confirmed; Finish looks, and sends a patch again', async () => {
    const { entry } = await unconfirmed(bed.runner, 'persons.edit', cut);
    await watchOf(entry.id);
    const ended = await entryOf(bed.runner, entry.id);
    expect([ended.status, ended.steps[0]?.state, ended.body.problem]).toEqual([
      'interrupted',
      'unknown',
      { code: 'never_confirmed' },
    ]);
    expect((await continueEntry(bed.runner, entry.id)).status).toBe('done');
    expect(bed.proxy.writes).toHaveLength(2);
  });

  test('that changes something can be finished at once; one that creates something is refused until 15 minutes are over', async () => {
    const edit = await unconfirmed(stopped(10_000).runner, 'persons.edit', cut);
    expect((await continueEntry(bed.runner, edit.entry.id)).status).toBe('done');
    bed.proxy.reset();
    const { entry } = await unconfirmed(stopped(10_000).runner, 'keys.create', cut);
    const until = (entry.steps[0]?.startedAt ?? 0) + MAY_HAPPEN_MS;
    expect(await resume(bed.runner, entry.id)).toEqual({
      is: 'problem',
      problem: { code: 'may_still_happen', values: { until } },
    });
    expect(bed.proxy.writes).toHaveLength(1);
    await madeOlder(bed.runner, entry.id, MAY_HAPPEN_MS);
    expect((await continueEntry(bed.runner, entry.id)).status).toBe('done');
    expect(bed.proxy.writes).toHaveLength(2);
  });

  test('whose process died is looked at by the next who finishes, who sends no creation again and watches on', async () => {
    const { entry } = await unconfirmed(stopped(10_000).runner, 'keys.create', { kind: 'late', afterMs: 5 * MINUTE });
    await lapse(bed.runner, entry.id);
    const { runner, pass } = stopped(10_000);
    const again = await elsewhere(() => resume(runner, entry.id));
    if (again.is !== 'started') throw new Error(again.is);
    await again.job;
    const still = await entryOf(runner, entry.id);
    expect([still.status, still.body.problem?.code]).toEqual(['unconfirmed', 'may_still_happen']);
    pass();
    await watchOf(entry.id);
    expect((await entryOf(runner, entry.id)).steps.map(({ state }) => state)).toEqual(['done', 'planned']);
    expect(bed.proxy.writes).toHaveLength(1);
  });

  test('is not looked at any more once its session has ended', async () => {
    let lives = true;
    const { runner, pass } = stopped(10_000);
    const mine = { ...runner, lives: async () => lives };
    const { entry, input } = await unconfirmed(mine, 'persons.edit', { kind: 'late', afterMs: MINUTE });
    lives = false;
    pass();
    await watchOf(entry.id);
    const left = await entryOf(mine, entry.id);
    expect([statusOf(left), left.body.problem]).toEqual(['interrupted', { code: 'outcome_unknown' }]);
    const other = await shown(bed.runner, 'persons.edit', { ...(input as object), changes: { displayName: 'Outra' } });
    expect(await start(bed.runner, other.token)).toMatchObject({ is: 'busy', entryId: entry.id });
    await bed.proxy.advance(MINUTE);
    expect((await continueEntry(bed.runner, entry.id)).status).toBe('done');
    expect(bed.proxy.writes).toHaveLength(1);
  });

  test('that nobody watches any more keeps its subjects locked for 15 minutes after it was sent, and no longer', async () => {
    const { entry, input } = await unconfirmed(stopped(10_000).runner, 'persons.edit', cut);
    await lapse(bed.runner, entry.id);
    const again = async () => {
      const { token } = await shown(bed.runner, 'persons.edit', {
        ...(input as object),
        changes: { displayName: 'Outra' },
      });
      return elsewhere(() => start(bed.runner, token));
    };
    expect(await again()).toMatchObject({ is: 'busy', entryId: entry.id });
    await db.updateTable('operations').set({ open_until: 1 }).where('id', '=', entry.id).execute();
    expect((await again()).is).toBe('started');
    expect((await entryOf(bed.runner, entry.id)).status).toBe('interrupted');
  });

  test('routes.create: an equal route that somebody else may have made exists as asked, without an undo', async () => {
    const { runner, pass } = stopped(10_000);
    const { entry, input } = await unconfirmed(runner, 'routes.create', cut);
    const { instanceId, body } = input as { instanceId: string; body: { personId: string; label: string } };
    await bed.control.rows({
      agent_routes: [{ instanceId, scope: 'user', isActive: true, priority: 0, agentId: bed.agentId, ...body }],
    });
    pass();
    await watchOf(entry.id);
    const ended = await entryOf(runner, entry.id);
    expect([ended.status, ended.steps[0]?.makerUnknown, ended.body.undo]).toEqual([
      'done',
      true,
      { impossible: { key: 'maker-unknown' } },
    ]);
    expect(ended.body.receipt?.checks[0]).toEqual({ text: { key: 'maker-unknown' }, held: null });
  });
});
