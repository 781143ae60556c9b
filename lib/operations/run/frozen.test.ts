import { describe, expect, test } from 'vitest';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { EACH_ONCE, countingBed } from '#lib/operations/testing/counting-bed.ts';
import type { FreezePoint } from '#lib/operations/testing/freeze.ts';
import { thawed } from '#lib/operations/testing/thawed.ts';
import { openStore, type StorePlace } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';

const SOAK = process.env.SOAK === '1';
const STEPS = ['create', 'label', 'activate', 'name', 'rule'];
const CAUGHT = ['at the door', 'while connecting', 'before the check'] as const;
/** Every write with `npm run soak`; else the first, and the last, which nothing upstream tells apart. */
const POINTS: FreezePoint[] = SOAK
  ? CAUGHT.flatMap((at) => [1, 2, 3, 4, 5].map((nth) => ({ at, nth })))
  : CAUGHT.map((at) => ({ at, nth: at === 'at the door' ? 1 : 5 }));
const UNCAUGHT = SOAK ? [1, 2, 3, 4, 5] : [5];

const engines = await testEngines();
const bed = await countingBed();

async function frozen(place: StorePlace, freeze: FreezePoint) {
  const db = await openStore(place);
  const input = await bed.five();
  const [runner, other] = ['Ana', 'Bia'].map((who) => runnerFor(db, bed.at, { who }));
  if (!runner || !other) throw new Error('nobody');
  const found = await thawed({ place, at: bed.at, runner, other, name: 'testing.five', input, freeze });
  await db.destroy();
  return { ...found, happened: await bed.happened(input.personId) };
}

describe.each(engines)('operations.run on $name, frozen for longer than its lease', ({ name, newPlace }) => {
  test.concurrent.each(POINTS)(
    '$at of write $nth: somebody else finishes, and the thawed one sends not a byte',
    async (point) => {
      const { end, sent, silent, happened, entry } = await frozen(await newPlace(), point);
      expect(end).toEqual({ code: 0, err: 'frozen' });
      expect(sent).toEqual({ count: 0, bytes: 0 });
      expect(happened).toEqual(EACH_ONCE);
      // What the thawed one would say of its step is not recorded over what Bia did.
      expect(entry.status).toBe('done');
      expect(entry.steps.map(({ who }) => who)).toEqual(STEPS.map((_, at) => (at < point.nth - 1 ? 'Ana' : 'Bia')));
      // The connection of the write stood, or was about to: nothing came over it.
      if (point.at !== 'at the door') expect(silent).toBeGreaterThan(0);
    },
  );

  // The window that ADR 0003 states: between the check's answer and the first byte nothing can hold a write back but Omni.
  test.concurrent.each(UNCAUGHT)(
    'after the check of write %d: it is sent once more, and only that one',
    async (nth) => {
      const { sent, happened, entry } = await frozen(await newPlace(), { at: 'after the check', nth });
      expect(sent.count).toBe(1);
      const twice = Object.entries(happened).filter(([, times]) => times > 1);
      // Omni refuses a second route for the same person.
      expect(twice.map(([what]) => what)).toEqual(nth === 1 ? [] : [STEPS[nth - 1]]);
      expect(entry.status).toBe('done');
      process.stderr.write(`frozen after the check on ${name}: ${STEPS[nth - 1]} done ${twice[0]?.[1] ?? 1} times\n`);
    },
  );
});
