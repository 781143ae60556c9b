import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import type { FaultRequest } from '../../../sandbox/faults/faults.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { mergeInput, runnerFor, WHATSAPP } from '#lib/operations/testing/bed.ts';
import { EACH_ONCE, countingBed } from '#lib/operations/testing/counting-bed.ts';
import { continueEntry, carryOut, entryOf, madeOlder } from '#lib/operations/testing/runs.ts';
import { resume } from './run.ts';
import { MAY_HAPPEN_MS, watchOf } from './watch.ts';

const STEPS = ['create', 'label', 'activate', 'name', 'rule'];
const WRITES = [
  { method: 'POST', path: '/routes$' },
  { method: 'PATCH', path: '/routes/' },
  { method: 'PATCH', path: '/routes/', nth: 2 },
  { method: 'PATCH', path: '/persons/' },
  { method: 'POST', path: '/access/rules$' },
];

/** What may come instead of an answer, and whether the work was done. */
const LOSSES: { name: string; fault: FaultRequest; worked: boolean; ownFailure?: true }[] = [
  { name: 'cut after the work', fault: { kind: 'cut', when: 'after' }, worked: true },
  { name: 'cut before the work', fault: { kind: 'cut', when: 'before' }, worked: false },
  { name: 'half an answer', fault: { kind: 'truncated-body' }, worked: true },
  { name: "a proxy's 502 after the work", fault: { kind: 'status', status: 502, when: 'after' }, worked: true },
  { name: "Omni's 500 before the work", fault: { kind: 'status', status: 500 }, worked: false, ownFailure: true },
  { name: 'a web page instead of Omni', fault: { kind: 'html', when: 'after' }, worked: true },
];

/** What is refused, and a look shows that it did not happen. */
const REFUSALS = [
  { status: 400, code: 'invalid' },
  { status: 403, code: 'forbidden' },
  { status: 404, code: 'not_found' },
  { status: 409, code: 'conflict' },
  { status: 429, code: 'rate_limited' },
];

const engines = await testEngines();
const bed = await countingBed();
afterEach(() => bed.control.clearFaults());

const states = (entry: Entry) => entry.steps.map(({ state }) => state);
let receipts = 0;

describe.each(engines)('operations.run with a lost answer, on $name', ({ name, newPlace }) => {
  let db: Store;
  let runner: Runner;
  beforeAll(async () => {
    db = await openStore(await newPlace());
    runner = runnerFor(db, bed.at);
    receipts = 0;
  });
  afterAll(async () => {
    await db.destroy();
    process.stderr.write(`lost answers on ${name}: ${receipts} receipts said what really happened\n`);
  });

  test.each(LOSSES)(
    'of each of five writes, $name: the receipt says what happened',
    async ({ fault, worked, ownFailure }) => {
      for (const [index, write] of WRITES.entries()) {
        const input = await bed.five();
        await bed.control.fault({ ...fault, ...write });
        const entry = await carryOut(runner, 'testing.five', input);
        const happened = await bed.happened(input.personId);
        if (worked) {
          expect([entry.status, happened], STEPS[index]).toEqual(['done', EACH_ONCE]);
        } else {
          const [status, state] = ownFailure ? ['failed', 'failed'] : ['unconfirmed', 'unknown'];
          expect(entry.status, STEPS[index]).toBe(status);
          expect(states(entry)).toEqual(STEPS.map((_, at) => (at < index ? 'done' : at === index ? state : 'planned')));
          expect(entry.steps[index]?.problem?.code).toBe(ownFailure ? 'bad_answer_status' : 'outcome_unknown');
          expect(happened).toEqual(Object.fromEntries(STEPS.slice(0, index).map((step) => [step, 1])));
          if (!ownFailure && STEPS[index] === 'rule') {
            expect(await resume(runner, entry.id)).toMatchObject({
              is: 'problem',
              problem: { code: 'may_still_happen' },
            });
            await madeOlder(runner, entry.id, MAY_HAPPEN_MS);
          }
          expect((await continueEntry(runner, entry.id)).status).toBe('done');
          expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
        }
        receipts += 1;
      }
    },
  );

  test('of a write that no read can confirm: nothing more is sent, it is seen once it can be read, and Finish does the rest', async () => {
    const input = await bed.five();
    await bed.control.fault({ kind: 'cut', when: 'after', method: 'PATCH', path: '/persons/' });
    await bed.control.fault({
      kind: 'status',
      status: 503,
      method: 'GET',
      path: `/persons/${input.personId}`,
      nth: 3,
      times: null,
    });
    const { personId } = input;
    const entry = await carryOut(runner, 'testing.five', input).finally(() => bed.control.clearFaults());
    expect([entry.status, states(entry)[3], entry.body.problem]).toEqual([
      'unconfirmed',
      'unknown',
      { code: 'outcome_unknown' },
    ]);
    await watchOf(entry.id);
    const corrected = await entryOf(runner, entry.id);
    expect([corrected.status, states(corrected)]).toEqual(['stopped', ['done', 'done', 'done', 'done', 'planned']]);
    expect(await bed.happened(personId)).toEqual({ create: 1, label: 1, activate: 1, name: 1 });
    expect((await continueEntry(runner, entry.id)).status).toBe('done');
    expect(await bed.happened(personId)).toEqual(EACH_ONCE);
    receipts += 1;
  });

  test.each(REFUSALS)(
    'a write refused with $status ends there, by its name, and can be continued',
    async ({ status, code }) => {
      for (const [index, write] of WRITES.entries()) {
        const input = await bed.five();
        const body =
          status === 404 || status === 409 || status === 400 ? { error: { code: 'X', message: 'no' } } : undefined;
        await bed.control.fault({ kind: 'status', status, ...(body ? { body } : {}), ...write });
        const entry = await carryOut(runner, 'testing.five', input);
        expect([entry.status, entry.body.problem?.code], STEPS[index]).toEqual(['failed', code]);
        expect(states(entry)[index]).toBe('failed');
        expect((await continueEntry(runner, entry.id)).status).toBe('done');
        expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
        receipts += 1;
      }
    },
  );

  test('a 404 that hides that it happened', async () => {
    const input = await bed.five();
    const fault = {
      kind: 'status',
      status: 404,
      when: 'after',
      body: { error: { code: 'NOT_FOUND', message: 'no' } },
    } as const;
    await bed.control.fault({ ...fault, method: 'PATCH', path: '/persons/' });
    expect((await carryOut(runner, 'testing.five', input)).status).toBe('done');
    expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
    receipts += 1;
  });

  test('what a step needs is gone: it is stuck, and says why', async () => {
    const input = await bed.five();
    const sql = 'DELETE FROM agent_routes WHERE person_id = ?';
    await bed.control.fault({ kind: 'write', sql, params: [input.personId], method: 'PATCH', path: '/routes/' });
    const entry = await carryOut(runner, 'testing.five', input);
    expect([entry.status, entry.body.problem]).toEqual([
      'failed',
      { code: 'stuck', values: { step: 'label' }, why: { key: 'five.gone' } },
    ]);
    expect((await continueEntry(runner, entry.id)).body.problem?.code).toBe('stuck');
  });

  describe.each(['persons.edit', 'routes.activate', 'persons.merge'])('%s', (operation) => {
    test.each([
      ['after', 'done'],
      ['before', 'unconfirmed'],
    ] as const)('cut %s the work: %s', async (when, status) => {
      const [one, other] = [await bed.person(2), await bed.person()];
      const route = await bed.control.rows({
        agent_routes: [{ instanceId: WHATSAPP, personId: other, scope: 'user', isActive: false }],
      });
      const { inputs, paths } = {
        inputs: {
          'persons.edit': { id: one, changes: { primaryEmail: `ana.${one}@example.com` } },
          'routes.activate': { instanceId: WHATSAPP, id: route.agent_routes?.[0], active: true },
          'persons.merge': mergeInput({ duplicate: one, survivor: other }),
        } as Record<string, unknown>,
        paths: {
          'persons.edit': '/persons/',
          'routes.activate': '/routes/',
          'persons.merge': '/persons/merge',
        } as Record<string, string>,
      };
      const method = operation === 'persons.merge' ? 'POST' : 'PATCH';
      await bed.control.fault({ kind: 'cut', when, method, path: paths[operation] ?? '' });
      const entry = await carryOut(runner, operation, inputs[operation]);
      expect(entry.status).toBe(status);
      if (status === 'unconfirmed') expect((await continueEntry(runner, entry.id)).status).toBe('done');
      receipts += 1;
    });
  });
});
