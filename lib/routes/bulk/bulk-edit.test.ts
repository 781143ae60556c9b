import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { carryOut, continueEntry, undoEntry } from '#lib/operations/testing/runs.ts';
import { plain } from '#lib/operations/testing/plain.ts';
import { requestStop } from '#lib/operations/run/lease.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { manyInstances } from '#lib/routes/testing/bed.ts';

const vendas = randomUUID();

const { control, db, runner } = await ownBed({ persons: 50 });
beforeAll(async () => {
  await control.rows({ agents: [{ id: vendas, name: 'Vendas novas' }] });
});
afterEach(() => control.clearFaults());

async function shop(instances: number, routesEach: number, more: Record<string, unknown> = {}) {
  const rows = manyInstances(instances, routesEach, `Loja ${randomUUID().slice(0, 6)}`);
  await control.rows({ ...rows, agent_routes: rows.agent_routes.map((route) => ({ ...route, ...more })) });
  const [agent] = rows.agents;
  if (!agent) throw new Error('no agent');
  return { ...rows, agent: agent.id, refs: rows.agent_routes.map(({ id, instanceId }) => ({ id, instanceId })) };
}

async function columns(ids: readonly string[], column: string): Promise<unknown[]> {
  const rows = await control.sql<{ id: string; value: unknown }>(`SELECT id, ${column} AS value FROM agent_routes`);
  const all = new Map(rows.map((row) => [row.id, row.value]));
  return ids.map((id) => all.get(id));
}
const idsOf = (refs: readonly { id: string }[]) => refs.map(({ id }) => id);

async function planOf(input: unknown, by = runner) {
  const seen = await preview(by, 'routes.bulk-edit', input);
  if (!seen.ok) throw new Error(JSON.stringify(seen.problem));
  return seen.plan;
}

test('routes.bulk-edit replaces an agent in 154 routes with one call each, leaves others alone, and undo writes it back', async () => {
  const { refs, agent } = await shop(2, 77);
  const odd = refs.slice(0, 1);
  await control.write('UPDATE agent_routes SET agent_id = NULL WHERE id = ?', [odd[0]?.id ?? '']);
  const change = { to: 'agent', agentId: vendas, from: agent };
  const plan = await planOf({ change, routes: refs });
  expect(plan.warnings).toContainEqual({ key: 'bulk-edit.moved', values: { count: 1 } });
  const told = plan.moves.map(plain).filter(({ key }) => key.startsWith('effect.answered-several'));
  expect(told.reduce((sum, { values }) => sum + Number(values?.count), 0)).toBe(153);
  await control.clearCalls();
  const entry = await carryOut(runner, 'routes.bulk-edit', { change, routes: refs });
  expect([entry.status, entry.body.receipt?.checks.map(({ held }) => held)]).toEqual(['done', [true]]);
  expect((await control.calls()).items.filter(({ method }) => method === 'PATCH').length).toBe(153);
  expect(new Set(await columns(idsOf(refs.slice(1)), 'agent_id'))).toEqual(new Set([vendas]));
  expect(await columns(idsOf(odd), 'agent_id')).toEqual([null]);
  const [, second] = refs;
  await control.write('UPDATE agent_routes SET agent_id = NULL WHERE id = ?', [second?.id ?? '']);
  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect(await columns([second?.id ?? ''], 'agent_id')).toEqual([null]);
  expect(new Set(await columns(idsOf(refs.slice(2)), 'agent_id'))).toEqual(new Set([agent]));
}, 60_000);

test('routes.bulk-edit goes on after refused routes, tries only those again, and continues where it was stopped', async () => {
  const { refs } = await shop(1, 8);
  const [bad, worse] = [refs[1], refs[5]];
  for (const one of [bad, worse])
    await control.fault({ kind: 'status', status: 403, method: 'PATCH', path: one?.id, times: null });
  const change = { to: 'agent', agentId: vendas };
  const entry = await carryOut(runner, 'routes.bulk-edit', { change, routes: refs });
  expect([entry.status, entry.steps.filter(({ state }) => state === 'failed').length]).toEqual(['failed', 2]);
  await control.clearFaults();
  await control.clearCalls();
  expect((await continueEntry(runner, entry.id)).status).toBe('done');
  expect((await control.calls()).items.filter(({ method }) => method === 'PATCH').length).toBe(2);

  const more = await shop(1, 12);
  const seen = await preview(runner, 'routes.bulk-edit', { change, routes: more.refs });
  if (!seen.ok) throw new Error('no preview');
  await control.fault({ kind: 'latency', ms: 40, method: 'PATCH', times: null });
  const begun = await start(runner, seen.token);
  if (begun.is !== 'started') throw new Error(begun.is);
  await expect
    .poll(async () => (await readEntry(db, begun.entryId))?.steps.filter(({ state }) => state === 'done').length)
    .toBeGreaterThan(1);
  await requestStop(db, begun.entryId);
  await begun.job;
  const halfway = await readEntry(db, begun.entryId);
  expect(halfway?.steps.filter(({ state }) => state === 'done').length).toBeLessThan(12);
  await control.clearFaults();
  expect((await continueEntry(runner, begun.entryId)).status).toBe('done');
  expect(new Set(await columns(idsOf(more.refs), 'agent_id'))).toEqual(new Set([vendas]));
});

test('routes.bulk-edit clears what equals the inherited value and nothing else; nobody gets another agent', async () => {
  const { refs, instances } = await shop(1, 3, { agentTimeout: 60, agentStreamMode: true });
  await control.write('UPDATE instances SET agent_timeout = 60, agent_stream_mode = 0 WHERE id = ?', [
    instances[0]?.id ?? '',
  ]);
  const plan = await planOf({ change: { to: 'clear' }, routes: refs });
  expect(plan.moves.map(plain)).toEqual([
    expect.objectContaining({ key: 'effect.routes-cleared', values: expect.objectContaining({ count: 3 }) }),
  ]);
  const entry = await carryOut(runner, 'routes.bulk-edit', { change: { to: 'clear' }, routes: refs });
  expect(entry.status).toBe('done');
  expect(await columns(idsOf(refs), 'agent_timeout')).toEqual([null, null, null]);
  expect(await columns(idsOf(refs), 'agent_stream_mode')).toEqual([1, 1, 1]);
  expect((await undoEntry(runner, entry.id)).status).toBe('done');
  expect(await columns(idsOf(refs), 'agent_timeout')).toEqual([60, 60, 60]);
});

test('routes.bulk-edit sets one override, and refuses a second one or a field that is none', async () => {
  const { refs } = await shop(1, 2);
  const change = { to: 'override', patch: { agentTimeout: 45 } };
  expect((await carryOut(runner, 'routes.bulk-edit', { change, routes: refs })).status).toBe('done');
  expect(await columns(idsOf(refs), 'agent_timeout')).toEqual([45, 45]);
  for (const patch of [{ agentTimeout: 5, agentStreamMode: true }, { isActive: false }, {}])
    expect((await preview(runner, 'routes.bulk-edit', { change: { to: 'override', patch }, routes: refs })).ok).toBe(
      false,
    );
});

test('routes.bulk-edit names the participants of those chats only, who have a route of their own', async () => {
  const { refs, agent_routes: all, agent } = await shop(1, 3);
  const chats = all.filter((route): route is typeof route & { chatId: string } => 'chatId' in route);
  const [one, other] = chats;
  if (!one || !other) throw new Error('no chats');
  const [inside, outside] = [randomUUID(), randomUUID()];
  await control.rows({
    persons: [
      { id: inside, displayName: 'Ana de dentro' },
      { id: outside, displayName: 'Rui de fora' },
    ],
    agent_routes: [inside, outside].map((personId) => ({
      instanceId: one.instanceId,
      scope: 'user',
      personId,
      agentId: agent,
    })),
    chat_participants: [{ chatId: one.chatId, personId: inside, platformUserId: 'ana', displayName: 'Ana de dentro' }],
  });
  const plan = await planOf({ change: { to: 'agent', agentId: vendas }, routes: refs });
  const told = JSON.stringify([...plan.moves, ...plan.warnings]);
  expect(told).not.toContain('Rui de fora');
  expect(plan.moves.map(({ key }) => key)).toContain('effect.answered-participants');
  expect(told).toContain('Ana de dentro');
});
