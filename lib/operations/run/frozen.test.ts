import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusOf } from '#lib/operations/journal/entry.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import { BED_ENV, EACH_ONCE, runnerFor, startBed, type Bed } from '#lib/operations/testing/bed.ts';
import { startChild } from '#lib/operations/testing/child.ts';
import { countedLine } from '#lib/operations/testing/counted-line.ts';
import type { FreezePoint } from '#lib/operations/testing/freeze.ts';
import { continued, shown, until } from '#lib/operations/testing/runs.ts';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';

Object.assign(process.env, BED_ENV);

const SOAK = process.env.SOAK === '1';
const STEPS = ['create', 'label', 'activate', 'name', 'rule'];
const CAUGHT = ['at the door', 'while connecting', 'before the check'] as const;
/** Every write with `npm run soak`; else the first, and the last, which nothing upstream tells apart. */
const POINTS: FreezePoint[] = SOAK
  ? CAUGHT.flatMap((at) => [1, 2, 3, 4, 5].map((nth) => ({ at, nth })))
  : CAUGHT.map((at) => ({ at, nth: at === 'at the door' ? 1 : 5 }));
const UNCAUGHT = SOAK ? [1, 2, 3, 4, 5] : [5];
/** Long enough that a busy machine gets from one step to the next. */
const LEASE = { holdMs: 3000, beatMs: 500 };

const { engines, stop } = await testEngines();
let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(async () => {
  await bed.stop();
  stop();
});

const reader = { server: 'demo', actor: '', scopes: ['*'] };

/**
 * A process freezes at a point for longer than its lease; somebody else finishes its entry; it thaws. Answers what it sent
 * after that, and how often each step happened.
 */
async function thawed(place: StorePlace, db: Store, freeze: FreezePoint) {
  const input = await bed.five();
  const runner = runnerFor(db, bed.at);
  const { token } = await shown(runner, 'testing.five', input);
  const line = await countedLine(bed.at.url);
  const child = startChild({ place, ...bed.at, url: line.url, tokens: [token], freeze, lease: LEASE });
  await Promise.race([child.ready, child.ended.then((end) => expect(end).toBe('frozen'))]);
  const read = async () => (await listEntries(db, reader, { subject: input.personId }, 1))[0];
  await until(async () => {
    const entry = await read();
    return entry !== undefined && statusOf(entry) === 'interrupted';
  });
  const entry = await read();
  expect((await continued(runnerFor(db, bed.at, { who: 'Bia' }), entry?.id ?? '')).status).toBe('done');
  const before = line.writes();
  child.process.kill('SIGCONT');
  const end = await child.ended;
  const after = line.writes();
  await line.stop();
  const ended = await read();
  return {
    end: { code: end.code, err: end.err },
    sent: { count: after.count - before.count, bytes: after.bytes - before.bytes },
    silent: line.silent(),
    happened: await bed.happened(input.personId),
    told: [ended?.status, ended?.steps.map(({ state, who }) => [state, who])],
  };
}

describe.each(engines)('operations.run on $name, frozen for longer than its lease', ({ name, newPlace }) => {
  test.concurrent.each(POINTS)(
    '$at of write $nth: somebody else finishes, and the thawed one sends not a byte',
    async (point) => {
      const place = await newPlace();
      const db = await openStore(place);
      const found = await thawed(place, db, point);
      await db.destroy();
      expect(found.end).toEqual({ code: 0, err: 'frozen' });
      expect(found.sent).toEqual({ count: 0, bytes: 0 });
      expect(found.happened).toEqual(EACH_ONCE);
      // What the thawed one would say of its step is not recorded over what Bia did.
      expect(found.told).toEqual(['done', STEPS.map((_, at) => ['done', at < point.nth - 1 ? 'Ana' : 'Bia'])]);
      // The connection of the write stood, or was about to: nothing came over it.
      if (point.at !== 'at the door') expect(found.silent).toBeGreaterThan(0);
    },
  );

  // The window that ADR 0003 states: between the check's answer and the first byte nothing can hold a write back but Omni.
  test.concurrent.each(UNCAUGHT)(
    'after the check of write %d: it is sent once more, and only that one',
    async (nth) => {
      const place = await newPlace();
      const db = await openStore(place);
      const found = await thawed(place, db, { at: 'after the check', nth });
      await db.destroy();
      expect(found.sent.count).toBe(1);
      const twice = Object.entries(found.happened).filter(([, times]) => times > 1);
      expect(twice.map(([what]) => what)).toEqual(nth === 1 ? [] : [STEPS[nth - 1]]);
      expect(found.told[0]).toBe('done');
      process.stderr.write(
        `frozen after the check on ${name}: ${STEPS[nth - 1]} sent twice, done ${JSON.stringify(twice)}\n`,
      );
    },
  );
});
