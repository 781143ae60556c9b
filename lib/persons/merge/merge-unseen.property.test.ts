import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { carryOut } from '#lib/operations/testing/runs.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { readMergeFacts } from './merge-read.ts';
import { factsAfter } from './merge-outcome.ts';
import type { MergeInput } from './merge-facts.ts';
import { runnerOfAll } from '#lib/operations/testing/own-bed.ts';
import { essence, putPerson, story, WATCHED, type RandomSandbox } from '#lib/persons/testing/random-people.ts';
import { startScene, type PersonsScene } from '#lib/persons/testing/scene.ts';

const RUNS = process.env.SOAK ? 600 : 60;
const SCOPES = [
  ...['persons', 'routes', 'access', 'agents'].flatMap((room) => [`${room}:read`, `${room}:write`]),
  'instances:read',
  'automations:read',
];
/** Keys by the one permission each lacks; `instances`: it is shown one instance only. */
const LACKS = ['instances', 'routes:read', 'access:read', 'agents:read', 'routes:write', 'access:write'] as const;
type Lack = (typeof LACKS)[number];

let scene: PersonsScene;
let randomSandbox: RandomSandbox;
const keys = new Map<Lack, { secret: string; scopes: string[] }>();

beforeAll(async () => {
  scene = await startScene();
  const { control } = scene;
  const instances = (await control.sql('SELECT id FROM instances LIMIT 3', [])).map(({ id }) => String(id));
  const agents = [randomUUID(), randomUUID(), randomUUID()];
  randomSandbox = { control, instances, agents };
  await control.rows({ agents: agents.map((id, index) => ({ id, name: `Agente ${index}` })) });
  for (const lack of LACKS) {
    const scopes = SCOPES.filter((scope) => scope !== lack);
    const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
    await control.rows({
      api_keys: [{ secret, scopes, instanceIds: lack === 'instances' ? instances.slice(0, 1) : null }],
    });
    keys.set(lack, { secret, scopes });
  }
});
afterAll(async () => {
  await scene.db.destroy();
  await scene.sandbox.stop();
});

/** What the preview must say where Omni deletes rows of a table that this key can't read. */
const SAYS: Partial<Record<Lack, { table: (typeof WATCHED)[number]; said: RegExp }>> = {
  instances: { table: 'agent_routes', said: /effect\.routes-not-(seen-on|shown)/ },
  'routes:read': { table: 'agent_routes', said: /effect\.routes-not-seen/ },
  'agents:read': { table: 'agents', said: /effect\.owners-not-seen/ },
};

/** Deny rules in force that name a person and have no equal that names somebody else or nobody. */
async function blocksOnly(id: string): Promise<string[]> {
  const of = async (where: string) =>
    (
      await scene.control.sql(
        `SELECT instance_id, platform_user_id, phone_pattern, priority FROM access_rules WHERE rule_type = 'deny' AND enabled = 1
         AND (platform_user_id IS NOT NULL OR phone_pattern IS NOT NULL) AND (expires_at IS NULL OR expires_at > ?) AND ${where}`,
        [Date.now(), id],
      )
    ).map((row) => JSON.stringify(row));
  const others = new Set(await of('person_id IS NOT ?'));
  return (await of('person_id = ?')).filter((rule) => !others.has(rule));
}

test('persons.merge: what a key cannot read is named as unknown before it is deleted, and nobody is unblocked by a key that cannot block', async () => {
  const [ended, hidden] = [new Map<string, number>(), new Map<Lack, number>()];
  let salt = 1000;
  const count = <K>(of: Map<K, number>, what: K, by = 1) => of.set(what, (of.get(what) ?? 0) + by);
  await fc.assert(
    fc.asyncProperty(story, fc.constantFrom(...LACKS), async (pair, lack) => {
      salt += 1;
      const { control } = scene;
      const [duplicate, survivor] = [
        await putPerson(randomSandbox, pair.duplicate, String(salt)),
        await putPerson(randomSandbox, pair.survivor, `${salt}9`),
      ];
      if (pair.duplicate.owns)
        await control.write('UPDATE agents SET owner_id = ? WHERE id = ?', [
          duplicate.id,
          randomSandbox.agents[0] ?? '',
        ]);
      const input: MergeInput = {
        duplicate: duplicate.id,
        survivor: survivor.id,
        reason: '',
        fields: pair.fields,
        routes: Object.fromEntries(duplicate.routes.map((id) => [id, pair.replace ? 'replace' : 'keep'])),
      };
      const { secret, scopes } = keys.get(lack) ?? { secret: '', scopes: [] };
      const runner = runnerOfAll(scene.db, { url: scene.sandbox.url, key: secret }, scopes);
      const omni = omniFor(scene.sandbox.url, secret);
      const before = await readMergeFacts(input, omni, scopes);
      if (!before.ok) throw new Error(before.error.kind);
      const blocks = await blocksOnly(duplicate.id);
      const seen = await preview(runner, 'persons.merge', input);
      if (!seen.ok) throw new Error(seen.problem.code);
      const { plan } = seen;
      const said = JSON.stringify([plan.losses, plan.unknowns, plan.unchecked]);
      await control.snapshot('unseen');

      const mayDecide = pair.duplicate.rules.some(
        ({ kind, enabled, expires }) => kind !== 'person' && (enabled || expires !== 'past'),
      );
      if (pair.duplicate.identities > 0) {
        expect(plan.refusal?.key === 'merge.refused-rules').toBe(lack === 'access:read');
        if (lack === 'access:write' && mayDecide) expect(plan.refusal?.key).toBe('merge.refused-unblocks');
        else if (lack !== 'access:read') expect(plan.refusal).toBeUndefined();
      }
      if (plan.refusal) return void count(ended, `${lack} refused`);

      // What may be lost and can't be read counts as lost: a confirmation must be typed.
      if (lack === 'routes:read' || lack === 'instances') expect(plan.typed).toBeDefined();
      const entry = await carryOut(runner, 'persons.merge', input);
      expect(entry.status).toBe('done');
      expect(entry.body.receipt?.checks.filter(({ held }) => held === false)).toEqual([]);
      count(ended, `${lack} merged`);
      const after = await readMergeFacts(input, omni, scopes);
      if (!after.ok) throw new Error(after.error.kind);
      expect(essence(after.value, input)).toEqual(essence(factsAfter(input, before.value), input));

      const named = JSON.stringify(plan.effects);
      const diff = await control.diff('unseen');
      const unnamed = WATCHED.flatMap((table) => {
        const rows = [...(diff[table]?.gone ?? []), ...(diff[table]?.changed.map(({ before: row }) => row) ?? [])];
        return rows.filter(({ id }) => !named.includes(String(id))).map((row) => ({ table, row }));
      });
      const says = SAYS[lack];
      expect(unnamed.filter(({ table }) => table !== says?.table)).toEqual([]);
      if (unnamed.length > 0) expect(said).toMatch(says?.said ?? /nothing may be unnamed/);
      for (const { row } of unnamed) expect([row.person_id ?? row.owner_id]).toEqual([duplicate.id]);
      count(hidden, lack, unnamed.length);

      const still = new Set(await blocksOnly(survivor.id));
      expect(blocks.filter((rule) => !still.has(rule))).toEqual([]);
      for (const table of ['access_rules', 'agent_routes'])
        await control.write(`DELETE FROM ${table} WHERE person_id = ?`, [survivor.id]);
    }),
    { numRuns: RUNS, seed: process.env.SOAK ? undefined : 7, endOnFailure: true },
  );
  // Each of these keys met rows that it could not read.
  for (const lack of ['instances', 'routes:read', 'agents:read'] as const)
    expect([lack, hidden.get(lack) ?? 0]).not.toEqual([lack, 0]);
  const all = [...ended].toSorted().map(([what, times]) => `${what} ${times}`);
  process.stderr.write(`merges by keys that see less, over ${RUNS} random pairs: ${all.join(', ')}\n`);
});
