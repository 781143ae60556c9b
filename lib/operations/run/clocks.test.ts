import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { listEntries } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { EACH_ONCE, countingBed } from '#lib/operations/testing/counting-bed.ts';
import { startChild } from '#lib/operations/testing/child.ts';
import { begun, continueEntry, entryOf, lapse, shown, until } from '#lib/operations/testing/runs.ts';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { resume, start } from './run.ts';

/** How far a process's clock is ahead of the machine's, in seconds. */
const CLOCKS = [-40, -16, 0, 16, 40];

const engines = await testEngines();
const bed = await countingBed();
afterEach(() => bed.control.clearFaults());

const reader = { server: 'demo', actor: '', scopes: ['*'] };
const edit = (id: string) => ({ id, changes: { displayName: 'Bia foi aqui' } });

/** Does something with the clock of this process so many seconds ahead. */
async function withClock<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  const now = Date.now;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1000);
  try {
    return await work();
  } finally {
    clock.mockRestore();
  }
}

/** Everything by which somebody could take over or show as interrupted what Ana runs; answers what wrongly could be done. */
async function wrongs(db: Store, entryId: string, personId: string): Promise<string[]> {
  const bia = runnerFor(db, bed.at, { who: 'Bia' });
  const wrong: string[] = [];
  const view = viewOf(await entryOf(bia, entryId));
  if (view.status !== 'running' || view.continuable) wrong.push(`shown as ${view.status}`);
  const unfinished = await listEntries(db, reader, { subject: personId, unfinished: true }, 10);
  if (unfinished.length > 0) wrong.push('listed as unfinished');
  const running = await listEntries(db, reader, { subject: personId, status: 'running' }, 10);
  if (running.length !== 1) wrong.push('not listed as running');
  const taken = await resume(bia, entryId);
  if (taken.is !== 'busy') wrong.push(`resume: ${taken.is}`);
  const locked = await start(bia, (await shown(bia, 'persons.edit', edit(personId))).token);
  if (locked.is !== 'busy') wrong.push(`another change of its subject: ${locked.is}`);
  return wrong;
}

describe.skipIf(engines.length < 2)('operations.run by two consoles on one PostgreSQL, with clocks apart', () => {
  let place: StorePlace;
  let db: Store;
  beforeAll(async () => {
    place = (await engines[1]?.newPlace()) ?? { url: '' };
    db = await openStore(place);
  });
  afterAll(() => db.destroy());

  test('nobody takes over what is alive, whatever both clocks say; what died is continued', async () => {
    await bed.control.fault({ kind: 'hold', method: 'POST', path: '/routes$', times: null });
    const ana = runnerFor(db, bed.at);
    const runs = await Promise.all(
      [...CLOCKS, 0].map(async (seconds) => {
        const input = await bed.five();
        const { token } = await shown(ana, 'testing.five', input);
        return { seconds, input, child: startChild({ place, ...bed.at, tokens: [token], skewMs: seconds * 1000 }) };
      }),
    );
    const intended = async (personId: string) => {
      const [entry] = await listEntries(db, reader, { subject: personId }, 1);
      return entry?.steps[0]?.state === 'intended' ? entry.id : undefined;
    };
    const ids = await Promise.all(
      runs.map(async ({ input }) => {
        await until(async () => (await intended(input.personId)) !== undefined);
        return (await intended(input.personId)) ?? '';
      }),
    );
    let tries = 0;
    const found: string[] = [];
    for (const seconds of CLOCKS) {
      await withClock(seconds, async () => {
        for (const [index, run] of runs.entries()) {
          tries += 1;
          const wrong = await wrongs(db, ids[index] ?? '', run.input.personId);
          found.push(...wrong.map((what) => `${run.seconds} s seen from ${seconds} s: ${what}`));
        }
      });
    }
    expect(found).toEqual([]);
    const [last] = runs.slice(-1);
    last?.child.process.kill('SIGKILL');
    await last?.child.ended;
    await bed.control.clearFaults();
    for (const run of runs.slice(0, -1)) expect(await run.child.ended).toMatchObject({ code: 0, err: '' });
    await lapse(ana, ids.at(-1) ?? '');
    await withClock(-40, () => continueEntry(ana, ids.at(-1) ?? ''));
    for (const [index, run] of runs.entries()) {
      expect((await entryOf(ana, ids[index] ?? '')).status, `${run.seconds} s`).toBe('done');
      expect(await bed.happened(run.input.personId), `${run.seconds} s`).toEqual(EACH_ONCE);
    }
    process.stderr.write(`clocks apart: ${tries} pairs of consoles, ${found.length} taken over alive\n`);
  });
});

describe.each(engines)('operations.run on $name, while the machine’s clock jumps', ({ newPlace }) => {
  test.each([-3600, 3600])(
    'by %d s: the run goes on, and this process neither shows nor takes it as interrupted',
    async (seconds) => {
      const db = await openStore(await newPlace());
      const input = await bed.five();
      await bed.control.fault({ kind: 'hold', method: 'PATCH', path: '/persons/' });
      const run = await begun(runnerFor(db, bed.at), 'testing.five', input);
      await until(async () => (await entryOf(runnerFor(db, bed.at), run.entryId)).steps[3]?.state === 'intended');
      await withClock(seconds, async () => {
        expect(await wrongs(db, run.entryId, input.personId)).toEqual([]);
        await bed.control.clearFaults();
        await run.job;
      });
      expect((await entryOf(runnerFor(db, bed.at), run.entryId)).status).toBe('done');
      expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
      await db.destroy();
    },
  );
});
