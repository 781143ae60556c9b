import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import type { Plan } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { start } from '#lib/operations/run/run.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { replay } from '#lib/operations/testing/replay.ts';
import { entryOf, shown } from '#lib/operations/testing/runs.ts';
import {
  diffOf,
  NOTHING,
  projected,
  sorted,
  twinned,
  twinsOf,
  type Twins,
  type WorldDiff,
} from '#lib/operations/testing/worlds/world-diff.ts';
import { SCENES } from '#lib/operations/testing/worlds/scenes.ts';
import { here, there } from '#lib/operations/testing/worlds/twin-worlds.ts';
import { fold } from '#lib/text/fold.ts';
import { openStore } from '#lib/store/database.ts';

const WORLDS = process.env.SOAK === '1' ? 120 : 12;

type Row = Record<string, unknown>;

const db = await openStore({ file: ':memory:' });
afterAll(() => db.destroy());
const made = runnerFor(db, { url: here.sandbox.url, key: here.sandbox.keys.admin }, { operations: OPERATIONS });
const runner: Runner = { ...made, session: { ...made.session, proved: true } };

async function settled(token: string): Promise<string> {
  const begun = await start(runner, token);
  if (begun.is !== 'started') throw new Error(JSON.stringify(begun));
  await begun.job;
  return begun.entryId;
}

/** The columns that the effects say are written. */
function columnsSaid({ changes = [] }: Plan): Set<string> {
  const fields = changes
    .flatMap(({ more }) => [
      more?.field,
      ...(typeof more?.fields === 'object' && 'of' in more.fields ? more.fields.of : []),
    ])
    .flatMap((one) => (typeof one === 'object' && one.is === 'field' ? [one.field] : []));
  const of = fields.map((field) =>
    field.slice(field.indexOf('.') + 1).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  if (changes.some(({ what }) => what.startsWith('permissions'))) of.push('scopes');
  return new Set([...of, ...(changes.some(({ what }) => /^routes-o(n|ff)$/.test(what)) ? ['is_active'] : [])]);
}

/** Whether undo restores all that the tables hold: history is in none of them. */
function isRestored({ changes = [] }: Plan): boolean {
  return changes.every(({ back, history }) => history || back === 'yes' || back === 'id');
}

/** Of the undo itself: its lines do the same, about what the first run made too, and it is undone as it says. */
async function undoHolds(plan: Plan, entryId: string, twins: Twins): Promise<void> {
  if (!('lines' in plan.command)) throw new Error('no lines');
  const lines = plan.command.lines.map((line) => twinned(line, twins));
  await replay(lines, here.sandbox.url, { url: there.sandbox.url, key: there.sandbox.keys.admin });
  const undone = twinned(JSON.stringify(await diffOf(here.control, 'done')), twins);
  expect(sorted(await diffOf(there.control, 'done'))).toEqual(sorted(JSON.parse(undone)));
  const again = await undoPreview(runner, entryId);
  if (!again.ok || again.plan.refusal) return expect(isRestored(plan)).toBe(false);
  await settled(again.token);
  if (isRestored(plan)) expect(await diffOf(here.control, 'done')).toEqual(NOTHING);
}

/** Where nothing but history is said not to be kept, everything of the duplicates is the survivor's. */
async function mergeKeeps({ changes = [] }: Plan, after: WorldDiff, input: Record<string, unknown>): Promise<void> {
  // Of several groups each has a survivor of its own.
  if ('also' in input) return;
  if (!changes.every(({ kept, history }) => kept === 'yes' || history)) return;
  const own = await here.control.sql<Row>('SELECT * FROM agent_routes WHERE person_id = ?', [String(input.survivor)]);
  const bare = (row: Row) => projected({ ...row, person_id: null });
  const routes = new Set(own.map(bare));
  const [survivor = {}] = await here.control.sql<Row>('SELECT * FROM persons WHERE id = ?', [String(input.survivor)]);
  for (const line of after.gone) {
    const [table = '', row = ''] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    const gone: Row = Object.fromEntries(JSON.parse(row));
    if (table === 'agent_routes') expect(routes).toContain(bare(gone));
    else {
      expect(table).toBe('persons');
      for (const field of ['display_name', 'primary_email', 'metadata'])
        if (gone[field] !== null) expect(fold(String(survivor[field]))).toBe(fold(String(gone[field])));
    }
  }
}

const counts: Record<string, number> = {};

describe.each(Object.entries(SCENES))('%s', (name, worlds) => {
  afterAll(() => process.stderr.write(`effects of ${name}: ${counts[name] ?? 0} worlds\n`));

  // Worlds that go on after their time would change those of the next operation.
  test(
    'says the truth: what is kept, what undo restores, and which lines do the same',
    { timeout: process.env.SOAK ? 7_200_000 : 600_000 },
    async () => {
      const property = fc.asyncProperty(worlds, async (make) => {
        const { operation, input } = await make();
        const { plan, token } = await shown(runner, operation, input);
        if (plan.refusal) return;
        await Promise.all([here.control.snapshot('world'), there.control.snapshot('world')]);
        const entryId = await settled(token);
        expect((await entryOf(runner, entryId)).status).toBe('done');

        const after = await diffOf(here.control);
        if (operation.startsWith('persons.merge')) await mergeKeeps(plan, after, input);
        const isKept = plan.losses.length + plan.unknowns.length === 0;
        if (isKept && !['keys.revoke', 'persons.unlink', 'persons.link'].includes(operation)) {
          expect(after.gone).toEqual([]);
          const written = after.changed.flatMap((row) =>
            Object.keys(row).filter((name) => !['table', 'id'].includes(name)),
          );
          expect(written.filter((column) => !columnsSaid(plan).has(column))).toEqual([]);
        }

        if (!('lines' in plan.command) || plan.command.of !== undefined) throw new Error('a step without a line');
        await replay(plan.command.lines, here.sandbox.url, { url: there.sandbox.url, key: there.sandbox.keys.admin });
        expect(await diffOf(there.control)).toEqual(after);

        const back = await undoPreview(runner, entryId);
        if (!back.ok) {
          expect(plan.restores).not.toBe('everything');
        } else {
          const twins = await twinsOf(here.control, there.control);
          await Promise.all([here.control.snapshot('done'), there.control.snapshot('done')]);
          const undone = await settled(back.token);
          expect([await diffOf(here.control), plan.restores]).toEqual(
            isRestored(plan) ? [NOTHING, plan.restores] : [expect.not.objectContaining(NOTHING), plan.restores],
          );
          expect(back.plan.restores).toBeDefined();
          if (/^(persons|access)\./.test(operation)) await undoHolds(back.plan, undone, twins);
        }
        counts[name] = (counts[name] ?? 0) + 1;
      });
      await fc.assert(property, { numRuns: WORLDS, endOnFailure: true });
    },
  );
});
