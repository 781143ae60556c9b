import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { carryOut } from '#lib/operations/testing/runs.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { factsAfter } from './merge-outcome.ts';
import { readMergeFacts } from './merge-read.ts';
import type { MergeInput } from './merge-facts.ts';
import { essence, putPerson, story, WATCHED, type RandomSandbox } from '#lib/persons/testing/random-people.ts';

const RUNS = process.env.SOAK ? 600 : 60;
let randomSandbox: RandomSandbox;
const agents = [randomUUID(), randomUUID(), randomUUID()];

const { control, runner, omni } = await ownBed({ persons: 100 });
beforeAll(async () => {
  const instances = (await control.sql('SELECT id FROM instances LIMIT 3', [])).map(({ id }) => String(id));
  randomSandbox = { control, instances, agents };
  await control.rows({ agents: agents.map((id, index) => ({ id, name: `Agente ${index}` })) });
});

test('the plan names every row that Omni changes, and the prediction is the facts after', async () => {
  let [merged, refused, changed] = [0, 0, 0];
  let salt = 1000;
  await fc.assert(
    fc.asyncProperty(story, async (pair) => {
      salt += 1;
      const [duplicate, survivor] = [
        await putPerson(randomSandbox, pair.duplicate, String(salt)),
        await putPerson(randomSandbox, pair.survivor, `${salt}9`),
      ];
      if (pair.duplicate.owns)
        await control.write('UPDATE agents SET owner_id = ? WHERE id = ?', [duplicate.id, agents[0] ?? '']);
      const input: MergeInput = {
        duplicate: duplicate.id,
        survivor: survivor.id,
        reason: '',
        fields: pair.fields,
        routes: Object.fromEntries(duplicate.routes.map((id) => [id, pair.replace ? 'replace' : 'keep'])),
      };
      const before = await readMergeFacts(input, omni, ['*']);
      if (!before.ok) throw new Error(before.error.kind);
      const plan = await preview(runner, 'persons.merge', input);
      if (!plan.ok) throw new Error(plan.problem.code);
      await control.snapshot('random');
      if (plan.plan.refusal) {
        refused += 1;
        expect([pair.duplicate.identities, plan.plan.refusal.key]).toEqual([0, 'merge.refused-no-identities']);
        return;
      }
      const entry = await carryOut(runner, 'persons.merge', input);
      expect(entry.status).toBe('done');
      merged += 1;
      const after = await readMergeFacts(input, omni, ['*']);
      if (!after.ok) throw new Error(after.error.kind);
      expect(essence(after.value, input)).toEqual(essence(factsAfter(input, before.value), input));

      const diff = await control.diff('random');
      const named = JSON.stringify(plan.plan.effects);
      const unnamed = WATCHED.flatMap((table) => {
        const rows = diff[table];
        const touched = [...(rows?.gone ?? []), ...(rows?.changed.map(({ before: row }) => row) ?? [])];
        changed += touched.length;
        return touched.filter(({ id }) => !named.includes(String(id))).map(({ id }) => `${table} ${String(id)}`);
      });
      expect(unnamed).toEqual([]);
      for (const table of ['access_rules', 'agent_routes'])
        await control.write(`DELETE FROM ${table} WHERE person_id = ?`, [survivor.id]);
    }),
    { numRuns: RUNS, seed: process.env.SOAK ? undefined : 7, endOnFailure: true },
  );
  expect(merged).toBeGreaterThan(RUNS / 3);
  process.stderr.write(
    `merge plans over ${RUNS} random pairs: ${merged} merged, ${refused} refused, ${changed} rows changed or gone, all named\n`,
  );
});
