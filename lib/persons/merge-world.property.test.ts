import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { unmarked } from '#lib/access/rules.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { preview, type Runner } from '#lib/operations/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../sandbox/control-client.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { worldAfter } from './merge-predict.ts';
import { readMergeWorld } from './merge-read.ts';
import { routeContent } from '#lib/routes/content.ts';
import { seen, type MergeInput, type MergeWorld } from './merge-world.ts';
import { carryOut, handleFor, runnerOfPersons } from './testing/bed.ts';

const RUNS = process.env.SOAK ? 600 : 60;
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;
let omni: Omni;
let instances: string[] = [];
const agents = [randomUUID(), randomUUID(), randomUUID()];

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 100 });
  control = createControl(sandbox.url);
  await control.rateLimit(10_000_000);
  db = await openStore({ file: ':memory:' });
  runner = runnerOfPersons(db, sandbox.url, sandbox.keys.admin);
  omni = handleFor(sandbox.url, sandbox.keys.admin);
  instances = (await control.sql('SELECT id FROM instances LIMIT 3', [])).map(({ id }) => String(id));
  await control.rows({ agents: agents.map((id, index) => ({ id, name: `Agente ${index}` })) });
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

const text = fc.option(fc.constantFrom('Ana', 'ana', 'José', 'Bia Reis', ''), { nil: null });
const someone = fc.record({
  displayName: text,
  phone: fc.option(fc.nat(9), { nil: null }),
  primaryEmail: fc.option(fc.constantFrom('ana@exemplo.com.br', 'ANA@exemplo.com.br', 'b@exemplo.com.br'), {
    nil: null,
  }),
  metadata: fc.option(fc.constantFrom({ plano: 'ouro' }, { plano: 'prata', vip: true }, {}), { nil: null }),
  identities: fc.integer({ min: 0, max: 3 }),
  rules: fc.array(
    fc.record({
      ruleType: fc.constantFrom('deny', 'allow'),
      kind: fc.constantFrom('handle', 'pattern', 'person'),
      enabled: fc.boolean(),
      expires: fc.constantFrom('never', 'past', 'later'),
      shared: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  routes: fc.array(
    fc.record({
      on: fc.nat(2),
      agent: fc.option(fc.nat(2), { nil: null }),
      isActive: fc.boolean(),
      label: fc.constantFrom('vip', 'outra'),
      agentTimeout: fc.option(fc.constantFrom(5, 30), { nil: null }),
    }),
    { maxLength: 3 },
  ),
  owns: fc.boolean(),
});
type Someone = typeof someone extends fc.Arbitrary<infer T> ? T : never;

const choice = fc.constantFrom('stays' as const, 'goes' as const);
const story = fc.record({
  goes: someone,
  stays: someone,
  fields: fc.record(
    { displayName: choice, primaryPhone: choice, primaryEmail: choice, metadata: choice },
    { requiredKeys: [] },
  ),
  replace: fc.boolean(),
});

/** Puts a person in the world as the story has it; returns the ids. */
async function put(who: Someone, salt: string) {
  const id = randomUUID();
  const phone = who.phone === null ? null : `+55119${salt}${who.phone}`;
  const ownRoutes = who.routes.filter((route, index) => who.routes.findIndex(({ on }) => on === route.on) === index);
  const routes = ownRoutes.map(({ on, agent, ...rest }) => ({
    id: randomUUID(),
    instanceId: instances[on],
    scope: 'user',
    personId: id,
    agentId: agent === null ? null : agents[agent],
    priority: 0,
    ...rest,
  }));
  const expiry = { never: null, past: Date.now() - 86_400_000, later: Date.now() + 86_400_000 };
  const rules = who.rules.map(({ kind, expires, shared, ...rest }) => ({
    id: randomUUID(),
    personId: id,
    platformUserId: kind === 'handle' ? `${shared ? 'todos' : id}@s.whatsapp.net` : null,
    phonePattern: kind === 'pattern' ? `+55118${salt}*` : null,
    expiresAt: expiry[expires],
    action: 'block',
    priority: 0,
    ...rest,
  }));
  await control.rows({
    persons: [
      { id, displayName: who.displayName, primaryPhone: phone, primaryEmail: who.primaryEmail, metadata: who.metadata },
    ],
    platform_identities: Array.from({ length: who.identities }, () => ({
      personId: id,
      instanceId: instances[0],
      messageCount: 2,
    })),
    agent_routes: routes,
    access_rules: rules,
  });
  return { id, routes: routes.map((route) => route.id) };
}

/** What matters of a world: rows made by the run under what they do, not under their ids. */
function essence(world: MergeWorld, { goes, stays }: MergeInput) {
  const sorted = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  const { displayName, primaryPhone, primaryEmail, metadata } = world.stays?.person ?? {};
  return {
    goes: world.goes,
    fields: { displayName, primaryPhone, primaryEmail, metadata },
    identities: world.stays?.identities.map(({ id }) => id).sort(),
    rules: seen(world.rules)
      ? sorted(
          world.rules
            .filter(({ personId }) => personId === goes || personId === stays)
            .map(({ id: _id, createdAt: _createdAt, updatedAt: _updatedAt, reason, ...rest }) => ({
              ...rest,
              reason: unmarked(reason),
            })),
        )
      : null,
    routes: seen(world.routes)
      ? sorted(
          world.routes.items
            .filter(({ personId }) => personId === goes || personId === stays)
            .map((route) => ({ on: route.instanceId, whose: route.personId, ...routeContent(route) })),
        )
      : null,
    owners: seen(world.agents) ? sorted(world.agents.map(({ id, ownerId }) => ({ id, ownerId }))) : null,
  };
}

const WATCHED = ['persons', 'platform_identities', 'access_rules', 'agent_routes', 'agents'];

test('the plan names every row that Omni changes, and the prediction is the world after', async () => {
  let [joined, refused, changed] = [0, 0, 0];
  let salt = 1000;
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      salt += 1;
      const [goes, stays] = [await put(told.goes, String(salt)), await put(told.stays, `${salt}9`)];
      if (told.goes.owns)
        await control.write('UPDATE agents SET owner_id = ? WHERE id = ?', [goes.id, agents[0] ?? '']);
      const input: MergeInput = {
        goes: goes.id,
        stays: stays.id,
        reason: '',
        fields: told.fields,
        routes: Object.fromEntries(goes.routes.map((id) => [id, told.replace ? 'replace' : 'keep'])),
      };
      const before = await readMergeWorld(input, omni, ['*']);
      if (!before.ok) throw new Error(before.error.kind);
      const plan = await preview(runner, 'persons.merge', input);
      if (!plan.ok) throw new Error(plan.problem.code);
      await control.snapshot('random');
      if (plan.plan.refusal) {
        refused += 1;
        expect(told.goes.identities).toBe(0);
        return;
      }
      const entry = await carryOut(runner, 'persons.merge', input);
      expect(entry.status).toBe('done');
      joined += 1;
      const after = await readMergeWorld(input, omni, ['*']);
      if (!after.ok) throw new Error(after.error.kind);
      expect(essence(after.value, input)).toEqual(essence(worldAfter(input, before.value), input));

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
        await control.write(`DELETE FROM ${table} WHERE person_id = ?`, [stays.id]);
    }),
    { numRuns: RUNS, seed: process.env.SOAK ? undefined : 7, endOnFailure: true },
  );
  expect(joined).toBeGreaterThan(RUNS / 3);
  process.stderr.write(
    `merge plans over ${RUNS} random worlds: ${joined} joined, ${refused} refused, ${changed} rows changed or gone, all named\n`,
  );
});
