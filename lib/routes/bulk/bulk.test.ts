import { plain } from '#lib/operations/testing/plain.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { requestStop } from '#lib/operations/run/lease.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { deleteOneRoute } from './delete.ts';
import { bulkRoutes } from './bulk.ts';
import { undoRouteDeletes } from './delete-undo.ts';
import { continueEntry, carryOut, runnerOf, undoEntry, manyInstances } from '#lib/routes/testing/bed.ts';

const OPERATIONS = [bulkRoutes, deleteOneRoute, undoRouteDeletes];
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 100 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  db = await openStore({ file: ':memory:' });
  runner = runnerOf(db, sandbox.url, sandbox.keys.admin, OPERATIONS);
});
afterEach(() => control.clearFaults());
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

async function shop(instances: number, routesEach: number, more: Record<string, unknown> = {}) {
  const rows = manyInstances(instances, routesEach, `Loja ${randomUUID().slice(0, 6)}`);
  await control.rows({ ...rows, agent_routes: rows.agent_routes.map((route) => ({ ...route, ...more })) });
  return { ...rows, refs: rows.agent_routes.map(({ id, instanceId }) => ({ id, instanceId })) };
}

async function active(ids: readonly string[]): Promise<(number | null)[]> {
  const rows = await control.sql<{ id: string; is_active: number }>('SELECT id, is_active FROM agent_routes');
  const all = new Map(rows.map((row) => [row.id, row.is_active]));
  return ids.map((id) => all.get(id) ?? null);
}

const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error('nothing there');
  return one;
};

test('routes.bulk deactivates many routes with one call each, and one undo activates them again', async () => {
  const { refs } = await shop(3, 10);
  const ids = refs.map(({ id }) => id);
  await control.clearCalls();
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  expect([entry.status, entry.body.receipt?.checks.map(({ held }) => held)]).toEqual(['done', [true]]);
  expect(new Set(await active(ids))).toEqual(new Set([0]));
  const { items } = await control.calls();
  expect(items.filter(({ method }) => method === 'PATCH').length).toBe(30);
  expect(items.filter(({ method, path }) => method === 'GET' && path.endsWith('/routes')).length).toBeLessThanOrEqual(
    9,
  );
  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect(new Set(await active(ids))).toEqual(new Set([1]));
});

test('routes.bulk goes on after a refused step, and tries only the refused ones again', async () => {
  const { refs } = await shop(2, 6);
  const ids = refs.map(({ id }) => id);
  const [bad, worse] = [refs[2], refs[7]];
  for (const one of [bad, worse])
    await control.fault({ kind: 'status', status: 403, method: 'PATCH', path: one?.id, times: null });
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  const states = entry.steps.map(({ state }) => state);
  expect([
    entry.status,
    states.filter((state) => state === 'failed').length,
    states.filter((state) => state === 'done').length,
  ]).toEqual(['failed', 2, 10]);
  expect(
    entry.steps
      .filter(({ state }) => state === 'failed')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([bad?.id, worse?.id].toSorted());

  await control.clearFaults();
  await control.clearCalls();
  const again = await continueEntry(runner, entry.id);
  expect([again.status, again.body.problem]).toEqual(['done', undefined]);
  expect((await control.calls()).items.filter(({ method }) => method === 'PATCH').length).toBe(2);
  expect(new Set(await active(ids))).toEqual(new Set([0]));
});

const label = (id: string) =>
  control.sql<{ label: string }>('SELECT label FROM agent_routes WHERE id = ?', [id]).then(([row]) => row?.label);

test('routes.bulk does not delete a route that was edited after its deletion was refused', async () => {
  const { refs } = await shop(1, 4);
  const bad = first(refs);
  await control.fault({ kind: 'status', status: 403, method: 'DELETE', path: bad.id, times: null });
  const deletion = await carryOut(runner, 'routes.bulk', { change: 'delete', routes: refs });
  expect([deletion.status, (await active(refs.map(({ id }) => id))).filter((on) => on !== null).length]).toEqual([
    'failed',
    1,
  ]);
  await control.clearFaults();
  await control.write('UPDATE agent_routes SET label = ? WHERE id = ?', ['Nova', bad.id]);
  const again = await continueEntry(runner, deletion.id);
  expect([again.status, again.body.problem]).toMatchObject(['failed', { code: 'changed_meanwhile' }]);
  expect(await label(bad.id)).toBe('Nova');
});

test('routes.delete does not delete a route that was edited after its deletion was refused; an unchanged one is deleted', async () => {
  const { refs } = await shop(1, 2);
  const [edited, same] = [first(refs), first(refs.slice(1))];
  const entries = [];
  for (const ref of [edited, same]) {
    await control.fault({ kind: 'status', status: 403, method: 'DELETE', path: ref.id, times: null });
    entries.push(await carryOut(runner, 'routes.delete', ref));
  }
  await control.clearFaults();
  await control.write('UPDATE agent_routes SET label = ? WHERE id = ?', ['Nova', edited.id]);
  const statuses = [];
  for (const { id } of entries) statuses.push((await continueEntry(runner, id)).status);
  expect(statuses).toEqual(['failed', 'done']);
  expect([await label(edited.id), await label(same.id)]).toEqual(['Nova', undefined]);
});

test('routes.bulk keeps a route that is edited during a long deletion, deletes the others, and undoes that', async () => {
  const { refs } = await shop(1, 3);
  const last = first(refs.slice(2));
  const before = await label(last.id);
  await control.write(
    `CREATE TRIGGER edited AFTER DELETE ON agent_routes WHEN OLD.id = '${first(refs).id}'
     BEGIN UPDATE agent_routes SET label = 'Nova' WHERE id = '${last.id}'; END`,
    [],
  );
  const entry = await carryOut(runner, 'routes.bulk', { change: 'delete', routes: refs });
  await control.write('DROP TRIGGER edited', []);
  expect([before, await label(last.id)]).toEqual(['Regra 2', 'Nova']);
  expect([entry.status, entry.steps.map(({ state }) => state)]).toEqual(['failed', ['done', 'done', 'failed']]);
  const back = await undoEntry(runner, entry.id);
  expect([back.status, back.steps.length]).toEqual(['done', 2]);
});

test('routes.bulk can be stopped, and continued without deleting what was edited meanwhile', async () => {
  const { refs } = await shop(1, 5);
  const last = first(refs.slice(4));
  await control.fault({ kind: 'latency', ms: 150, method: 'DELETE', times: null });
  const seen = await preview(runner, 'routes.bulk', { change: 'delete', routes: refs });
  if (!seen.ok) throw new Error(seen.problem.code);
  const started = await start(runner, seen.token);
  if (started.is !== 'started') throw new Error(started.is);
  await vi.waitUntil(async () => (await active(refs.map(({ id }) => id))).includes(null), {
    interval: 20,
    timeout: 60_000,
  });
  expect(await requestStop(db, started.entryId)).toBe(true);
  await started.job;
  const entry = await readEntry(db, started.entryId);
  const states = entry?.steps.map(({ state }) => state) ?? [];
  expect([entry?.status, states[0], states[4]]).toEqual(['stopped', 'done', 'planned']);
  expect(await label(last.id)).toBe('Regra 4');

  await control.clearFaults();
  await control.write('UPDATE agent_routes SET label = ? WHERE id = ?', ['Nova', last.id]);
  const on = await continueEntry(runner, started.entryId);
  expect([on.status, on.steps.map(({ state }) => state)]).toEqual([
    'failed',
    ['done', 'done', 'done', 'done', 'failed'],
  ]);
  expect(await label(last.id)).toBe('Nova');
});

test('routes.bulk that stopped halfway is undone by exactly what it did', async () => {
  const { refs } = await shop(1, 6);
  const [bad] = refs;
  await control.fault({ kind: 'status', status: 403, method: 'PATCH', path: bad?.id, times: null });
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  await control.clearFaults();
  await control.clearCalls();
  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect((await control.calls()).items.filter(({ method }) => method === 'PATCH').length).toBe(5);
  expect(new Set(await active(refs.map(({ id }) => id)))).toEqual(new Set([1]));
  await expect(continueEntry(runner, entry.id)).rejects.toThrow('nothing_to_continue');
});

test('routes.bulk ends at the first step when the key is not accepted any more', async () => {
  const { refs } = await shop(1, 6);
  await control.fault({ kind: 'status', status: 401, method: 'PATCH', times: null });
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  expect([entry.status, entry.body.problem?.code]).toEqual(['failed', 'unauthorized']);
  expect(entry.steps.map(({ state }) => state)).toEqual(['failed', ...Array.from({ length: 5 }, () => 'planned')]);
});

test('routes.bulk leaves out and counts routes that are as wanted already or do not exist', async () => {
  const { refs } = await shop(1, 4);
  await control.write('UPDATE agent_routes SET is_active = 0 WHERE id = ?', [refs[0]?.id ?? '']);
  await control.write('DELETE FROM agent_routes WHERE id = ?', [refs[1]?.id ?? '']);
  const seen = await preview(runner, 'routes.bulk', { change: 'off', routes: refs });
  if (!seen.ok) throw new Error(seen.problem.code);
  expect(seen.plan.steps.length).toBe(2);
  expect(seen.plan.warnings.map(({ key, values }) => [key, values?.count])).toEqual(
    expect.arrayContaining([
      ['bulk.already-off', 1],
      ['bulk.gone', 1],
    ]),
  );
  const none = await preview(runner, 'routes.bulk', { change: 'off', routes: refs.slice(0, 1) });
  expect(none.ok && none.plan.refusal?.key).toBe('bulk.nothing');
});

test('routes.bulk refuses too many routes before anything is read', async () => {
  const routes = Array.from({ length: 201 }, () => ({ instanceId: randomUUID(), id: randomUUID() }));
  expect(await preview(runner, 'routes.bulk', { change: 'delete', routes })).toMatchObject({
    ok: false,
    problem: { code: 'too_many_rows' },
  });
});

test('routes.delete names as successor who really answers afterwards', async () => {
  const rows = await shop(1, 9);
  const instance = first(rows.instances);
  const other = randomUUID();
  await control.rows({ agents: [{ id: other, name: 'Outro' }] });
  await control.write('UPDATE agent_routes SET agent_id = ? WHERE instance_id = ?', [other, instance.id]);
  let asked = 0;
  for (const route of rows.agent_routes) {
    const target = 'chatId' in route ? { chatId: route.chatId } : { personId: route.personId };
    const seen = await preview(runner, 'routes.delete', { instanceId: instance.id, id: route.id });
    if (!seen.ok) throw new Error(seen.problem.code);
    const before = await control.whoAnswers({ instanceId: instance.id, ...target });
    const entry = await carryOut(runner, 'routes.delete', { instanceId: instance.id, id: route.id });
    const after = await control.whoAnswers({ instanceId: instance.id, ...target });
    expect(seen.plan.moves.map(plain)).toEqual([
      {
        key: 'effect.answered-several',
        values: expect.objectContaining({
          count: 1,
          instance: instance.name,
          from: before.agent?.name,
          to: after.agent?.name,
        }),
      },
    ]);
    expect(entry.status).toBe('done');
    asked += 1;
  }
  expect(asked).toBe(9);
});

test('routes.delete and routes.bulk say that nobody answers afterwards where the next agent can’t: its provider is inactive, or there is none', async () => {
  const rows = await shop(1, 2);
  const instance = first(rows.instances);
  const route = first(rows.agent_routes);
  const [provider, next] = [randomUUID(), randomUUID()];
  await control.rows({
    agent_providers: [{ id: provider, name: 'Parado', isActive: false }],
    agents: [{ id: next, name: 'Próximo', agentProviderId: provider }],
  });
  const toNobody = async (agentId: string | null) => {
    await control.write('UPDATE instances SET agent_id = ? WHERE id = ?', [agentId, instance.id]);
    const ref = { instanceId: instance.id, id: route.id };
    const plans = await Promise.all([
      preview(runner, 'routes.delete', ref),
      preview(runner, 'routes.bulk', { change: 'off', routes: [ref] }),
      preview(runner, 'routes.bulk', { change: 'delete', routes: [ref] }),
    ]);
    return plans.map((seen) => {
      if (!seen.ok) throw new Error(seen.problem.code);
      const move = seen.plan.moves.map(plain).find(({ key }) => key.startsWith('effect.answered-several'));
      return `${move?.key} ${move?.values?.why} ${move?.values?.agent}`;
    });
  };
  expect(new Set(await toNobody(next))).toEqual(new Set(['effect.answered-several-nobody provider_inactive Próximo']));
  expect(new Set(await toNobody(null))).toEqual(new Set(['effect.answered-several-nobody no_agent ']));
});

test('routes.delete-undo creates a route with every setting under a new id, and says that its media types are lost', async () => {
  const settings = {
    agentTimeout: 42,
    agentGatePrompt: 'Só responda a clientes.',
    agentReplyFilter: { mode: 'filtered', conditions: { onDm: true } },
    reactionAck: 'on',
    reactionAckEmoji: { ok: '👍' },
    agentSendMediaPathTypes: ['image'],
    priority: -3,
    isActive: false,
  };
  const { refs, agent_routes } = await shop(1, 1, settings);
  const [ref] = refs;
  const seen = await preview(runner, 'routes.delete', ref);
  if (!seen.ok) throw new Error(seen.problem.code);
  expect(seen.plan.losses.map(({ key }) => key)).toEqual(['effect.routes-deleted', 'effect.routes-lose-media']);
  expect(seen.plan.restores).toMatchObject({ allBut: [{ key: 'effect.routes-lose-media' }] });
  expect(seen.plan.typed).toEqual({ word: 'delete' });
  expect(seen.plan.warnings.map(({ key }) => key)).toEqual(['delete.was-off', 'bulk.still', 'activate.cache']);
  const entry = await carryOut(runner, 'routes.delete', ref);
  expect(await active([ref?.id ?? ''])).toEqual([null]);
  const back = await undoEntry(runner, entry.id);
  expect([back.status, back.body.plan.warnings.map(({ key }) => key)]).toEqual([
    'done',
    ['delete-undo.new-id', 'delete-undo.media', 'activate.cache'],
  ]);
  const made = String(first(back.steps).result);
  const [row] = await control.sql('SELECT * FROM agent_routes WHERE id = ?', [made]);
  expect(made).not.toBe(ref?.id);
  expect(row).toMatchObject({
    agent_id: first(agent_routes).agentId,
    agent_timeout: 42,
    agent_gate_prompt: 'Só responda a clientes.',
    reaction_ack: 'on',
    priority: -3,
    is_active: 0,
    label: 'Regra 0',
  });
  expect(JSON.parse(String(row?.agent_reply_filter))).toMatchObject({
    mode: 'filtered',
    conditions: { onDm: true, onMention: false },
  });

  // Taking that back deletes it once more.
  const gone = await undoEntry(runner, back.id);
  expect([gone.status, await active([made])]).toEqual(['done', [null]]);
});

test('routes.delete-undo creates many routes, those without an agent too, and keeps another route of the same chat', async () => {
  const { refs, agent_routes, agents, instances } = await shop(2, 6);
  const [bare, replaced] = [agent_routes[0], agent_routes[1]];
  await control.write('UPDATE agent_routes SET agent_id = NULL WHERE id = ?', [bare?.id ?? '']);
  const seen = await preview(runner, 'routes.bulk', { change: 'delete', routes: refs });
  expect(seen.ok && seen.plan.typed).toEqual({ text: '12' });
  const entry = await carryOut(runner, 'routes.bulk', { change: 'delete', routes: refs });
  expect(new Set(await active(refs.map(({ id }) => id)))).toEqual(new Set([null]));
  const successor = { ...replaced, id: randomUUID(), label: 'Sucessora', agentId: first(agents).id };
  await control.rows({ agent_routes: [successor] });
  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect(back.body.plan.warnings.map(({ key }) => key)).toEqual([
    'delete-undo.taken',
    'delete-undo.new-id',
    'activate.cache',
  ]);
  const now = await control.sql<{ agent_id: string | null; label: string; is_active: number }>(
    `SELECT agent_id, label, is_active FROM agent_routes WHERE instance_id IN (${instances.map(() => '?').join(',')})`,
    instances.map(({ id }) => id),
  );
  expect(now.length).toBe(12);
  expect(now.filter(({ is_active }) => is_active === 1).length).toBe(12);
  expect(now.filter(({ agent_id }) => agent_id === null).length).toBe(1);
  expect(now.filter(({ label }) => label === 'Sucessora').length).toBe(1);
});

test('routes.delete says that a route without an agent on an instance without one cannot be created again', async () => {
  const { refs, instances } = await shop(1, 2);
  await control.write('UPDATE instances SET agent_id = NULL WHERE id = ?', [first(instances).id]);
  await control.write('UPDATE agent_routes SET agent_id = NULL WHERE id = ?', [first(refs).id]);
  const losses = async (ref: unknown) => {
    const seen = await preview(runner, 'routes.delete', ref);
    return seen.ok && seen.plan.losses.map(({ key }) => key);
  };
  expect(await losses(refs[0])).toEqual(['effect.routes-deleted-agentless']);
  expect(await losses(refs[1])).toEqual(['effect.routes-deleted']);
});

test('routes.delete-undo tells that a route differs when it got another agent meanwhile', async () => {
  const { refs } = await shop(1, 1);
  const entry = await carryOut(runner, 'routes.bulk', { change: 'delete', routes: refs });
  await control.write(
    `CREATE TRIGGER stolen AFTER INSERT ON agent_routes WHEN NEW.instance_id = '${first(refs).instanceId}'
     BEGIN UPDATE agent_routes SET agent_id = NULL WHERE id = NEW.id; END`,
    [],
  );
  const back = await undoEntry(runner, entry.id);
  await control.write('DROP TRIGGER stolen', []);
  expect([back.status, back.body.receipt?.checks.map(({ held }) => held)]).toEqual(['differs', [false]]);
});

test('routes.delete deletes nothing when somebody changed the route after the preview', async () => {
  const { refs } = await shop(1, 1);
  const [ref] = refs;
  const seen = await preview(runner, 'routes.delete', ref);
  if (!seen.ok) throw new Error(seen.problem.code);
  await control.write('UPDATE agent_routes SET agent_timeout = 7 WHERE id = ?', [ref?.id ?? '']);
  const started = await start(runner, seen.token);
  expect(started.is).toBe('stale');
  expect(await active([ref?.id ?? ''])).toEqual([1]);
});

test('routes.delete deletes a route of the older generation, and says that it cannot be undone', async () => {
  const old = await startSandbox({ port: 0, persons: 100, generation: 'feb' });
  try {
    const there = runnerOf(db, old.url, old.keys.admin, OPERATIONS);
    const [row] = await createControl(old.url).sql<{ id: string; instance_id: string }>(
      'SELECT id, instance_id FROM agent_routes WHERE agent_id IS NOT NULL',
    );
    const ref = { id: row?.id ?? '', instanceId: row?.instance_id ?? '' };
    const seen = await preview(there, 'routes.delete', ref);
    expect(seen.ok && seen.plan.losses.map(({ key }) => key)).toContain('effect.routes-deleted-older');
    const entry = await carryOut(there, 'routes.delete', ref);
    expect([entry.status, entry.body.undo]).toEqual(['done', { impossible: { key: 'bulk.older-no-undo' } }]);
  } finally {
    await old.stop();
  }
});

test('routes.bulk needs routes:write', async () => {
  const reader = runnerOf(db, sandbox.url, sandbox.keys.viewer, OPERATIONS, ['routes:read']);
  const { refs } = await shop(1, 1);
  expect(await preview(reader, 'routes.bulk', { change: 'off', routes: refs })).toMatchObject({
    ok: false,
    problem: { code: 'forbidden', values: { scope: 'routes:write' } },
  });
});
