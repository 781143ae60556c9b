import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { elsewhere } from '#lib/store/testing/elsewhere.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { resume, start, type Started } from './run.ts';
import { mergeInput, runnerFor } from '#lib/operations/testing/bed.ts';
import { EACH_ONCE, countingBed } from '#lib/operations/testing/counting-bed.ts';
import { startChild } from '#lib/operations/testing/child.ts';
import { begun, carryOut, entryOf, lapse, shown, tally } from '#lib/operations/testing/runs.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';

const MANY = 50;
const engines = await testEngines();
const bed = await countingBed();

const jobs = (all: readonly Started[]) => Promise.all(all.map((one) => (one.is === 'started' ? one.job : undefined)));
const kinds = (all: readonly Started[]) => tally(all.map((one) => (one.is === 'problem' ? one.problem.code : one.is)));
const merge = (duplicate: string, survivor: string) => mergeInput({ duplicate, survivor });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const say = (text: string) => process.stderr.write(`${text}\n`);

/** Merges answer late, so that whoever loses really meets a run. */
const slowMerges = () => bed.control.fault({ kind: 'latency', ms: 250, path: '/persons/merge', times: null });

/** Starts all at once; a run reaches Omni only when all the others have their answer, however slow the machine is. */
async function race(runs: readonly { runner: Runner; token: string }[]): Promise<Started[]> {
  const others = Promise.withResolvers<void>();
  let answered = 0;
  const all = runs.map(async ({ runner, token }) => {
    const one = await start({ ...runner, omni: (id, hold) => after(others.promise, runner.omni(id, hold)) }, token);
    answered += 1;
    if (answered === runs.length - 1) others.resolve();
    return one;
  });
  return Promise.all(all);
}

function after(gate: Promise<void>, omni: Omni): Omni {
  return { ...omni, request: (call) => gate.then(() => omni.request(call)) };
}

async function merges(): Promise<number> {
  const { counts } = await bed.control.calls();
  return counts['POST /api/v2/persons/merge'] ?? 0;
}

describe.each(engines)('operations.run, races on $name', ({ name, newPlace }) => {
  let place: StorePlace;
  let db: Store;
  let as: (who: string) => Runner;
  beforeAll(async () => {
    place = await newPlace();
    db = await openStore(place);
    as = (who) => runnerFor(db, bed.at, { who });
    await slowMerges();
  });
  afterAll(async () => {
    await bed.control.clearFaults();
    await db.destroy();
  });

  test(`${MANY} runs of one preview: one runs, the others get its entry`, async () => {
    const input = await bed.five();
    const { token } = await shown(as('Ana'), 'testing.five', input);
    const all = await race(numbers(MANY).map(() => ({ runner: as('Ana'), token })));
    await jobs(all);
    expect(kinds(all)).toEqual({ started: 1, ran: MANY - 1 });
    expect(new Set(all.map((one) => ('entryId' in one ? one.entryId : ''))).size).toBe(1);
    expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
    say(`race on ${name}: one preview, ${MANY} runs: ${JSON.stringify(kinds(all))}`);
  });

  test(`${MANY} persons.merge previews of one duplicate: one runs, the others get who runs it`, async () => {
    const source = await bed.person(2);
    const previews: { runner: Runner; token: string }[] = [];
    for (const index of numbers(MANY)) {
      const runner = as(`Pessoa ${index}`);
      previews.push({ runner, ...(await shown(runner, 'persons.merge', merge(source, await bed.person()))) });
    }
    const before = await merges();
    const all = await race(previews);
    await jobs(all);
    expect(kinds(all)).toEqual({ started: 1, busy: MANY - 1 });
    const winner = all.findIndex(({ is }) => is === 'started');
    expect(new Set(all.flatMap((one) => (one.is === 'busy' ? [one.who] : [])))).toEqual(new Set([`Pessoa ${winner}`]));
    expect((await merges()) - before).toBe(1);
    say(`race on ${name}: ${MANY} previews of one source: ${JSON.stringify(kinds(all))}`);
  });

  test('persons.merge of A into B against B into A, ten times: one runs', async () => {
    const before = await merges();
    const rounds = await Promise.all(
      numbers(10).map(async (): Promise<string> => {
        const [a, b] = [await bed.person(), await bed.person()];
        const one = await shown(as('Ana'), 'persons.merge', merge(a, b));
        const other = await shown(as('Bia'), 'persons.merge', merge(b, a));
        const both = await race([
          { runner: as('Ana'), token: one.token },
          { runner: as('Bia'), token: other.token },
        ]);
        await jobs(both);
        return JSON.stringify(Object.entries(kinds(both)).toSorted());
      }),
    );
    expect(tally(rounds)).toEqual({
      [JSON.stringify([
        ['busy', 1],
        ['started', 1],
      ])]: 10,
    });
    expect((await merges()) - before).toBe(10);
  });

  test('persons.edit against persons.merge of the same person: one runs', async () => {
    const [a, b] = [await bed.person(), await bed.person()];
    const one = await shown(as('Ana'), 'persons.merge', merge(a, b));
    const other = await shown(as('Bia'), 'persons.edit', { id: a, changes: { displayName: 'Outra' } });
    const both = await race([
      { runner: as('Ana'), token: one.token },
      { runner: as('Bia'), token: other.token },
    ]);
    await jobs(both);
    expect(kinds(both)).toEqual({ started: 1, busy: 1 });
  });

  test('two processes with ten previews each of one person: one of twenty runs', async () => {
    const [first, ...others] = await Promise.all(numbers(20).map(() => bed.five()));
    const personId = first?.personId ?? '';
    const inputs = [first, ...others].map((input) => ({ ...input, personId }));
    const tokens = await Promise.all(
      inputs.map(async (input) => (await shown(as('Ana'), 'testing.five', input)).token),
    );
    // The runs of a token are bound to its session, so that both replicas serve one.
    await bed.control.fault({ kind: 'latency', ms: 500, method: 'POST', path: '/routes$' });
    const order = { place, ...bed.at, who: 'Ana', gate: true };
    const children = [tokens.slice(0, 10), tokens.slice(10)].map((half) => startChild({ ...order, tokens: half }));
    await Promise.all(children.map(({ ready }) => ready));
    for (const child of children) child.process.stdin.write('go');
    const replicas = await Promise.all(children.map((child) => child.ended));
    expect(replicas.map(({ code, err }) => ({ code, err }))).toEqual([
      { code: 0, err: 'ready' },
      { code: 0, err: 'ready' },
    ]);
    const all = replicas.flatMap(({ out }) => JSON.parse(out) as Started[]);
    // A run that comes when the first has ended meets the data it left.
    const { started, busy = 0, stale = 0 } = kinds(all);
    expect([started, busy + stale]).toEqual([1, 19]);
    expect(await bed.happened(personId)).toEqual(EACH_ONCE);
    say(`race on ${name}: two processes, 20 previews: ${JSON.stringify(kinds(all))}`);
  });

  test('an entry is undone once, however many try at once', async () => {
    const id = await bed.person();
    const { displayName: was } = { displayName: 'Agora' };
    const entry = await carryOut(as('Ana'), 'persons.edit', { id, changes: { displayName: was } });
    const previews = await Promise.all(numbers(20).map(() => undoPreview(as('Ana'), entry.id)));
    const tokens = previews.flatMap((one) => (one.ok ? [one.token] : []));
    expect(tokens).toHaveLength(20);
    const all = await Promise.all(tokens.map((token) => start(as('Ana'), token)));
    await jobs(all);
    const { started, ...others } = kinds(all);
    expect(started).toBe(1);
    expect(Object.keys(others).filter((kind) => !['busy', 'undone_already'].includes(kind))).toEqual([]);
    expect(await bed.happened(id)).toEqual({ name: 2 });
    expect(await start(as('Ana'), tokens.at(-1) ?? '')).not.toMatchObject({ is: 'started' });
    expect(await undoPreview(as('Ana'), entry.id)).toMatchObject({ ok: false, problem: { code: 'undone_already' } });
    const undoing = all.find((one) => one.is === 'started');
    expect((await readEntry(db, entry.id))?.undoneBy).toBe(undoing?.is === 'started' ? undoing.entryId : '');
  });

  test('an entry is undone once, even when Omni’s data are as they were again', async () => {
    const id = await bed.person();
    const edit = { id, changes: { displayName: 'Agora' } };
    const entry = await carryOut(as('Ana'), 'persons.edit', edit);
    const previews = await Promise.all(['Ana', 'Bia', 'Ana'].map((who) => undoPreview(as(who), entry.id)));
    const [first, second, third] = previews.map((one) => (one.ok ? one.token : ''));
    await bed.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/persons/' });
    const half = await start(as('Ana'), first ?? '');
    await jobs([half]);
    const whole = await start(as('Bia'), second ?? '');
    await jobs([whole]);
    expect(kinds([half, whole])).toEqual({ started: 2 });
    await carryOut(as('Ana'), 'persons.edit', edit);
    expect(await start(as('Ana'), third ?? '')).toEqual({ is: 'problem', problem: { code: 'undone_already' } });
    const halfId = 'entryId' in half ? half.entryId : '';
    expect(await resume(as('Ana'), halfId)).toEqual({ is: 'problem', problem: { code: 'undone_already' } });
    expect((await readEntry(db, entry.id))?.undoneBy).toBe('entryId' in whole ? whole.entryId : '');
    expect(await bed.happened(id)).toEqual({ name: 3 });
  });

  test('twenty who continue one entry: one does', async () => {
    const input = await bed.five();
    await bed.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/routes/' });
    const entry = await carryOut(as('Ana'), 'testing.five', input);
    expect(entry.status).toBe('failed');
    const all = await Promise.all(numbers(20).map((index) => resume(as(`Pessoa ${index}`), entry.id)));
    await jobs(all);
    expect(kinds(all)).toEqual({ started: 1, busy: 19 });
    expect((await entryOf(as('Ana'), entry.id)).status).toBe('done');
    expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
  });

  test('the lock of a run whose lease has passed is taken, and that run can write nothing more', async () => {
    const input = await bed.five();
    const lease = { holdMs: 60_000, beatMs: 60_000 };
    const expired = await shown(as('Ana'), 'testing.five', input);
    await bed.control.fault({ kind: 'hold', method: 'POST', path: '/routes', when: 'after' });
    const run = await start({ ...as('Ana'), lease }, expired.token);
    if (run.is !== 'started') throw new Error(run.is);
    await expect.poll(() => bed.happened(input.personId)).toEqual({ create: 1 });
    await lapse(as('Ana'), run.entryId);
    const other = { id: input.personId, changes: { displayName: 'Bia foi aqui' } };
    const { token } = await shown(as('Bia'), 'persons.edit', other);
    if (name === 'sqlite') {
      // The clock may have jumped: a run that lives in this process is not taken over by it.
      expect(await start(as('Bia'), token)).toEqual({ is: 'busy', entryId: run.entryId, who: 'Ana' });
      expect(await resume(as('Bia'), run.entryId)).toEqual({ is: 'busy', entryId: run.entryId, who: 'Ana' });
    }
    const edit = await elsewhere(() => begun(as('Bia'), 'persons.edit', other));
    await edit.job;
    await bed.control.clearFaults();
    await run.job;
    const left = await entryOf(as('Ana'), run.entryId);
    expect([left.status, left.steps.map(({ state }) => state)]).toEqual([
      'interrupted',
      ['intended', 'planned', 'planned', 'planned', 'planned'],
    ]);
    expect(await bed.happened(input.personId)).toEqual({ create: 1, name: 1 });
  });
});
