import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryOut } from '#lib/operations/testing/runs.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import { startScene, WHATSAPP, type PersonsScene } from '#lib/persons/testing/scene.ts';

const RUNS = process.env.SOAK ? 200 : 5;
const WATCHED = ['persons', 'platform_identities', 'access_rules', 'agent_routes', 'agents'];
let scene: PersonsScene;
const agent = randomUUID();

beforeAll(async () => {
  scene = await startScene();
  await scene.control.rows({ agents: [{ id: agent, name: 'Agente' }] });
});
afterAll(async () => {
  await scene.db.destroy();
  await scene.sandbox.stop();
});

const randomOne = fc.record({
  displayName: fc.constantFrom(null, 'Ana', 'Bia'),
  primaryEmail: fc.constantFrom(null, 'ana@exemplo.com.br', 'bia@exemplo.com.br'),
  identities: fc.integer({ min: 1, max: 2 }),
  blocked: fc.boolean(),
  global: fc.boolean(),
  route: fc.constantFrom(null, true, false),
});
type RandomOne = typeof randomOne extends fc.Arbitrary<infer T> ? T : never;

async function put({ identities, blocked, global, route, ...fields }: RandomOne) {
  const person = personRows(
    fields,
    Array.from({ length: identities }, () => ({ instanceId: WHATSAPP, messageCount: 1 })),
  );
  const handle = `${person.id}@s.whatsapp.net`;
  const rule = {
    personId: person.id,
    platformUserId: handle,
    ruleType: 'deny',
    action: 'block',
    enabled: true,
    priority: 0,
  };
  await scene.control.rows({
    persons: [person.person],
    platform_identities: person.rows,
    access_rules: blocked ? [{ id: randomUUID(), instanceId: global ? null : WHATSAPP, ...rule }] : [],
    agent_routes:
      route === null
        ? []
        : [
            {
              id: randomUUID(),
              instanceId: WHATSAPP,
              scope: 'user',
              personId: person.id,
              agentId: agent,
              isActive: route,
              label: person.id.slice(0, 8),
              priority: 0,
            },
          ],
  });
  return { id: person.id, identities: person.identities, blocked: blocked ? handle : null };
}

test('persons.merge-many: the chain keeps every identity and every block, and its plan names every row that changes', async () => {
  let merged = 0;
  await fc.assert(
    fc.asyncProperty(randomOne, fc.array(randomOne, { minLength: 2, maxLength: 4 }), async (first, others) => {
      const survivor = await put(first);
      const duplicates = [];
      for (const one of others) duplicates.push(await put(one));
      const input = { survivor: survivor.id, duplicates: duplicates.map(({ id }) => id), reason: '' };
      const seen = await preview(scene.runner, 'persons.merge-many', input);
      if (!seen.ok) throw new Error(seen.problem.code);
      expect(seen.plan.refusal).toBeUndefined();
      await scene.control.snapshot('chain');
      expect((await carryOut(scene.runner, 'persons.merge-many', input)).status).toBe('done');
      merged += duplicates.length;

      const held = await scene.control.sql('SELECT id FROM platform_identities WHERE person_id = ?', [survivor.id]);
      const all = [survivor, ...duplicates];
      expect(held.map(({ id }) => id).sort()).toEqual(all.flatMap(({ identities }) => identities).sort());
      const rules = await scene.control.sql(
        "SELECT platform_user_id AS handle FROM access_rules WHERE person_id = ? AND rule_type = 'deny' AND enabled = 1",
        [survivor.id],
      );
      expect(rules.map(({ handle }) => handle).sort()).toEqual(all.flatMap(({ blocked }) => blocked ?? []).sort());

      const diff = await scene.control.diff('chain');
      const named = JSON.stringify(seen.plan.effects);
      const unnamed = WATCHED.flatMap((table) => {
        const rows = [...(diff[table]?.gone ?? []), ...(diff[table]?.changed.map(({ before }) => before) ?? [])];
        return rows.filter(({ id }) => !named.includes(String(id))).map(({ id }) => `${table} ${String(id)}`);
      });
      expect(unnamed).toEqual([]);
    }),
    { numRuns: RUNS, seed: process.env.SOAK ? undefined : 11, endOnFailure: true },
  );
  process.stderr.write(`chains over ${RUNS} random groups: ${merged} people merged, every row named\n`);
});
