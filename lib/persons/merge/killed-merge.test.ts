import { expect, test } from 'vitest';
import { openStore } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { runnerFor, omniFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { startChild } from '#lib/operations/testing/child.ts';
import type { KillPoint } from '#lib/operations/testing/run-order.ts';
import { continueEntry, lapse, shown } from '#lib/operations/testing/runs.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { ALL_SHAPES, dress, portrait, watch } from '#lib/persons/testing/watched-merge.ts';

const engines = await testEngines();
const [engine] = engines.filter(({ name }) => name === 'sqlite');
const bed = await countingBed();
await bed.control.rows({ instances: [{ name: 'Lista fechada', accessMode: 'allowlist' }] });
const omni = omniFor(bed.at.url, bed.at.key);

/** Transactions 1 and 2 claim and begin; then each step has one for its intent and one for its result. */
const afterStep = (nth: number): KillPoint => ({ at: 'transaction', nth: 2 + 2 * nth, when: 'after' });

/** Runs what a token shows in a process that is killed at a point, then continues it here; the entry at its end. */
async function killedAndContinued(runner: Runner, token: string, kill: KillPoint, place: object, subject: string) {
  const { ended } = startChild({ place: place as never, ...bed.at, tokens: [token], kill });
  const { signal, err } = await ended;
  expect([signal, err]).toEqual(['SIGKILL', '']);
  const [entry] = await listEntries(runner.db, { server: 'demo', actor: '', scopes: ['*'] }, { subject }, 1);
  if (!entry) throw new Error('no entry');
  await lapse(runner, entry.id);
  const seen = await continueEntry(runner, entry.id);
  expect([seen.status, seen.body.problem, seen.body.receipt?.checks.filter(({ held }) => held === false)]).toEqual([
    'done',
    undefined,
    [],
  ]);
  return seen;
}

/** Every boundary between two steps, and the two writes whose answer a killed process never recorded. */
const pointsOf = (steps: number, unanswered: readonly number[]): KillPoint[] => [
  ...Array.from({ length: steps - 1 }, (_, index) => afterStep(index + 1)),
  ...unanswered.map((nth): KillPoint => ({ at: 'write', nth, when: 'after' })),
];

test('persons.merge and its undo: killed between any two steps and continued, nobody is let in or kept out', async () => {
  const place = await engine?.newPlace();
  if (!place) throw new Error('no store');
  const runner = runnerFor(await openStore(place), bed.at);
  const tally = { merges: 0, undos: 0, asked: 0 };
  const total = { merge: 2, undo: 2 };
  for (let turn = 0; turn < Math.max(total.merge, total.undo); turn += 1) {
    await bed.control.write("DELETE FROM access_rules WHERE reason LIKE 'spam%'");
    const [duplicate, survivor] = [await bed.person(2), await bed.person(1)];
    const dressed = await dress(omni, duplicate, ALL_SHAPES);
    const theirs = await portrait(omni, duplicate, dressed);
    const watcher = await watch(omni, dressed);
    try {
      const input = { duplicate, survivor, reason: '', fields: {}, routes: {} };
      const seen = await shown(runner, 'persons.merge', input);
      const merges = pointsOf(seen.plan.steps.length, [1, ALL_SHAPES.length + 3]);
      const merged = await killedAndContinued(
        runner,
        seen.token,
        merges[turn % merges.length] ?? afterStep(1),
        place,
        `person:${duplicate}`,
      );
      expect((await portrait(omni, survivor, dressed)).rules).toEqual(theirs.rules);
      tally.merges += 1;
      const undo = await undoPreview(runner, merged.id);
      if (!undo.ok) throw new Error(undo.problem.code);
      const undos = pointsOf(undo.plan.steps.length, []);
      const undone = await killedAndContinued(
        runner,
        undo.token,
        undos[turn % undos.length] ?? afterStep(1),
        place,
        `person:${duplicate}`,
      );
      const back = String(undone.steps.find(({ id }) => id.startsWith('new-person:'))?.result);
      expect(await portrait(omni, back, dressed)).toEqual(theirs);
      tally.undos += 1;
      [total.merge, total.undo] = [merges.length, undos.length];
    } finally {
      const { asked, wrong } = await watcher.stop();
      tally.asked += asked;
      expect(wrong).toBe(0);
    }
  }
  process.stderr.write(`merges and undos killed: ${JSON.stringify({ ...tally, points: total })}\n`);
});
