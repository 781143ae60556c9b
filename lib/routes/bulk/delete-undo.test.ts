import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { plain } from '#lib/operations/testing/plain.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { ownBed, runnerOfAll } from '#lib/operations/testing/own-bed.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { first, activeOf, addShops } from '#lib/routes/testing/shops.ts';

const { control, db, runner } = await ownBed({ persons: 100 });
afterEach(() => control.clearFaults());

const shop = (instances: number, routesEach: number, more: Record<string, unknown> = {}) =>
  addShops(control, instances, routesEach, more);
const active = (ids: readonly string[]) => activeOf(control, ids);

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
    const there = runnerOfAll(db, { url: old.url, key: old.keys.admin });
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
