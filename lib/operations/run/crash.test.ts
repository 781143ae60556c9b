import { describe, expect, test } from 'vitest';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import { resume, start } from './run.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { EACH_ONCE, countingBed, type Bed } from '#lib/operations/testing/counting-bed.ts';
import { startChild } from '#lib/operations/testing/child.ts';
import type { FiveInput } from '#lib/operations/testing/five-steps.ts';
import type { KillPoint } from '#lib/operations/testing/run-order.ts';
import { continueEntry, lapse, shown, until, madeOlder } from '#lib/operations/testing/runs.ts';
import { MAY_HAPPEN_MS } from '#lib/operations/run/watch.ts';

const SOAK = process.env.SOAK === '1';
const STEPS = [1, 2, 3, 4, 5];

/** `held`: killed by us while Omni holds the answer; `coming`: while the write is on its way, and will still happen. */
type Kill = { name: string; point?: KillPoint; hold?: { nth: number; when: 'before' | 'after' } };

const point = (at: KillPoint['at'], nth: number, when: KillPoint['when'], name: string): Kill => ({
  name,
  point: { at, nth, when },
});

const ONCE: Kill[] = [
  point('transaction', 1, 'after', 'claimed'),
  point('transaction', 2, 'after', 'begun'),
  ...STEPS.flatMap((nth): Kill[] => [
    point('write', nth, 'before', `before step ${nth}, its intent recorded`),
    { name: `during step ${nth}, done and not answered`, hold: { nth, when: 'after' } },
    point('transaction', 2 + 2 * nth, 'after', `after step ${nth}, its result recorded`),
  ]),
];

const MORE: Kill[] = [
  point('transaction', 2, 'before', 'before it is begun'),
  ...STEPS.flatMap((nth): Kill[] => [
    point('transaction', 1 + 2 * nth, 'before', `before the intent of step ${nth}`),
    { name: `during step ${nth}, on its way and still to happen`, hold: { nth, when: 'before' } },
    point('write', nth, 'after', `step ${nth} answered, its result not recorded`),
  ]),
  point('transaction', 13, 'before', 'before the end is recorded'),
];

const KILLS = SOAK ? [...ONCE, ...MORE, ...ONCE, ...MORE, ...ONCE, ...MORE] : [...ONCE, ...MORE.slice(-1)];

const engines = await testEngines();
const beds = await Promise.all(engines.map(async (engine) => ({ ...engine, bed: await countingBed() })));

async function killed(bed: Bed, place: StorePlace, token: string, input: FiveInput, kill: Kill): Promise<void> {
  const { hold } = kill;
  if (hold)
    await bed.control.fault({
      kind: 'latency',
      ms: 700,
      method: hold.nth === 1 || hold.nth === 5 ? 'POST' : 'PATCH',
      when: hold.when,
      nth: heldNth(hold.nth),
    });
  const order = { place, ...bed.at, tokens: [token], ...(kill.point ? { kill: kill.point } : {}) };
  const { process: child, ended } = startChild(order);
  if (hold) {
    await until(() => arrived(bed, input, hold));
    child.kill('SIGKILL');
  }
  const { signal, err } = await ended;
  expect({ signal, err }, kill.name).toEqual({ signal: 'SIGKILL', err: '' });
  // What is on its way arrives within the lease (15 s, and the rechecks after it); `lapse` below does not wait for it.
  if (hold?.when === 'before')
    await until(async () => Object.keys(await bed.happened(input.personId)).length === hold.nth);
  await bed.control.clearFaults();
}

/** POST, PATCH, PATCH, PATCH, POST: which of its method a step is. */
const heldNth = (step: number) => (step === 5 ? 2 : step === 1 ? 1 : step - 1);

async function arrived(bed: Bed, { personId }: FiveInput, hold: NonNullable<Kill['hold']>): Promise<boolean> {
  if (hold.when === 'after') return Object.keys(await bed.happened(personId)).length === hold.nth;
  const { items } = await bed.control.faults();
  return items.some(({ fired }) => fired > 0);
}

const reader = { server: 'demo', actor: '', scopes: ['*'] };

describe('operations.run, kill -9', () => {
  test.concurrent.each(beds)(
    'on $name: the journal has the entry, Finish ends as predicted, nothing happens twice',
    async ({ name, newPlace, bed }) => {
      const place = await newPlace();
      const db: Store = await openStore(place);
      const tally = { kills: 0, continued: 0, recognised: 0 };
      for (const kill of KILLS) {
        const input = await bed.five();
        const runner = runnerFor(db, bed.at);
        const seen = await shown(runner, 'testing.five', input);
        await bed.control.snapshot();
        await killed(bed, place, seen.token, input, kill);
        tally.kills += 1;
        const before = await bed.happened(input.personId);
        const [entry] = await listEntries(db, reader, { subject: input.personId }, 10);
        expect(entry, kill.name).toBeDefined();
        if (!entry) return;
        expect(await start(runner, seen.token), kill.name).toEqual({ is: 'ran', entryId: entry.id });
        const other = runnerFor(db, bed.at, { who: 'Bia' });
        expect(await resume(other, entry.id), kill.name).toEqual({ is: 'busy', entryId: entry.id, who: 'Ana' });
        await lapse(other, entry.id);
        if ((await continueEntry(other, entry.id)).status === 'unconfirmed') {
          // The rule's write may still happen: it is sent again once it can't.
          expect((await resume(other, entry.id)).is, kill.name).toBe('problem');
          await madeOlder(other, entry.id, MAY_HAPPEN_MS);
          await continueEntry(other, entry.id);
        }
        tally.continued += 1;
        const [ended] = await listEntries(db, reader, { subject: input.personId }, 10);
        expect(ended?.status, kill.name).toBe('done');
        expect(ended?.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done']);
        tally.recognised += Object.keys(before).length;
        expect(await bed.happened(input.personId), kill.name).toEqual(EACH_ONCE);
        const { agent_routes, persons, access_rules, ...others } = await bed.control.diff();
        expect(others).toEqual({});
        expect([agent_routes?.added.length, persons?.changed.length, access_rules?.added.length]).toEqual([1, 1, 1]);
        expect([agent_routes, persons, access_rules].flatMap((table) => table?.gone)).toEqual([]);
      }
      await db.destroy();
      process.stderr.write(`crash test on ${name}: ${JSON.stringify(tally)}\n`);
    },
    SOAK ? 1_800_000 : undefined,
  );
});
