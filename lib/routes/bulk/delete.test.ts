import { omniFor } from '#lib/operations/testing/bed.ts';
import { carryOut } from '#lib/operations/testing/runs.ts';
import { plain } from '#lib/operations/testing/plain.ts';
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { recentChanges } from '#lib/routes/list/cache-age.ts';
import { readHealth } from '#lib/routes/health/health-read.ts';
import { runnerOfAll } from '#lib/operations/testing/own-bed.ts';

let db: Store;
let runner: Runner;
let here: string;
/** The instance's own agent, the chat's, Ana's, Bia's. */
const agents = { own: randomUUID(), chats: randomUUID(), anas: randomUUID(), bias: randomUUID() };

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeAll(async () => {
  await control.rows({ agents: Object.entries(agents).map(([name, id]) => ({ id, name: `Robô ${name}` })) });
});
beforeEach(async () => {
  db = await openStore({ file: ':memory:' });
  runner = runnerOfAll(db, { url: sandbox.url, key: sandbox.keys.admin });
  here = randomUUID();
  await control.rows({ instances: [{ id: here, name: `Loja ${here.slice(0, 4)}`, agentId: agents.own }] });
});

async function chatRoute(more: Record<string, unknown> = {}) {
  const [id, chatId] = [randomUUID(), randomUUID()];
  await control.rows({
    chats: [{ id: chatId, instanceId: here, externalId: `${chatId}@g.us`, name: 'Grupo' }],
    agent_routes: [{ id, instanceId: here, scope: 'chat', chatId, agentId: agents.chats, ...more }],
  });
  return { id, chatId };
}

/** Somebody with a route of their own here, in the chat or not. */
async function holder(name: string, agentId: string, chatId: string | null, isActive = true) {
  const personId = randomUUID();
  await control.rows({
    persons: [{ id: personId, displayName: name }],
    chat_participants: chatId ? [{ chatId, personId, displayName: name, platformUserId: `${personId}@lid` }] : [],
    agent_routes: [{ instanceId: here, scope: 'user', personId, agentId, isActive }],
  });
  return personId;
}

async function planOf(name: string, input: unknown, as = runner) {
  const seen = await preview(as, name, input);
  if (!seen.ok) throw new Error(seen.problem.code);
  return seen.plan;
}

const keys = (texts: readonly { key: string }[]) => texts.map(({ key }) => key);

test('routes.delete and routes.bulk name the successor for the chat and for its participants with a route of their own', async () => {
  const { id, chatId } = await chatRoute({ label: 'Da sala', agentTimeout: 7 });
  const ana = await holder('Ana', agents.anas, chatId);
  await holder('Bia', agents.chats, chatId);
  await holder('Caio', agents.bias, chatId, false);
  await holder('De Fora', agents.bias, null);
  const ref = { instanceId: here, id };
  for (const [name, input] of [
    ['routes.delete', ref],
    ['routes.bulk', { change: 'off', routes: [ref] }],
  ] as const) {
    const plan = await planOf(name, input);
    expect(plan.moves.map(plain).filter(({ key }) => key === 'effect.answered-participant')).toEqual([
      { key: 'effect.answered-participant', values: { name: 'Ana', from: 'Robô chats', to: 'Robô anas' } },
    ]);
    expect(keys(plan.moves)).toContain('effect.answered-several');
    expect(keys(plan.warnings)).not.toContain('bulk.participants-not-seen');
  }
  // A label is no setting.
  const { losses } = await planOf('routes.delete', ref);
  expect(losses).toMatchObject([{ key: 'effect.routes-deleted', values: { count: 1, own: 1 } }]);
  // What is said is what Omni does.
  await carryOut(runner, 'routes.delete', ref);
  const after = await control.whoAnswers({ instanceId: here, chatId, personId: ana });
  expect(after.route?.agentId).toBe(agents.anas);
});

test('routes.delete says whose participants the key cannot see', async () => {
  const { id, chatId } = await chatRoute();
  await holder('Ana', agents.anas, chatId);
  await holder('De Fora', agents.bias, null);
  const scopes = ['routes:read', 'routes:write', 'instances:read', 'agents:read'];
  const plan = await planOf(
    'routes.delete',
    { instanceId: here, id },
    { ...runner, session: { ...runner.session, scopes } },
  );
  expect(plan.warnings).toContainEqual({
    key: 'bulk.participants-not-seen',
    values: { count: 1, why: 'scope' },
  });
  expect(keys(plan.moves)).not.toContain('effect.answered-participant');
});

const changedInstances = async (_db: Store, server: string, at: number) =>
  (await recentChanges(db, server, at)).map(({ instanceId }) => instanceId);

test('recentChanges names the instances whose routes were changed by steps that went through', async () => {
  const there = randomUUID();
  await control.rows({ instances: [{ id: there, name: `Filial ${there.slice(0, 4)}` }] });
  const now = () => Date.now();
  expect(await changedInstances(db, 'demo', now())).toEqual([]);
  const [one, other] = [await chatRoute(), await chatRoute({ instanceId: there })];
  await carryOut(runner, 'routes.delete', { instanceId: here, id: one.id });
  expect(await changedInstances(db, 'demo', now())).toEqual([here]);
  await carryOut(runner, 'routes.bulk', { change: 'off', routes: [{ instanceId: there, id: other.id }] });
  expect((await changedInstances(db, 'demo', now())).toSorted()).toEqual([here, there].toSorted());
  expect(await changedInstances(db, 'another', now())).toEqual([]);
  expect(await changedInstances(db, 'demo', now() + 31_000)).toEqual([]);
  await db.updateTable('operations').set({ body: 'unreadable' }).where('operation', '=', 'routes.bulk').execute();
  expect(await changedInstances(db, 'demo', now())).toEqual([here]);
});

test('routes.bulk and readHealth look up agents beyond the two hundred that Omni lists', async () => {
  const [late, off, gone] = [randomUUID(), randomUUID(), randomUUID()];
  await control.rows({ agents: Array.from({ length: 200 }, (_, index) => ({ name: `Enchimento ${index}` })) });
  await control.rows({
    agents: [
      { id: late, name: 'Fim da lista' },
      { id: off, name: 'Fim, desligado', isActive: false },
      { id: gone, name: 'Some logo' },
    ],
  });
  await control.write('UPDATE agents SET created_at = created_at * 2 WHERE id IN (?, ?, ?)', [late, off, gone]);
  // The sandbox keeps agents that a route names, as Omni does: this one is gone for whoever asks.
  await control.fault({ kind: 'status', status: 404, path: `/agents/${gone}$`, times: null });
  const routes = {
    late: await chatRoute({ agentId: late }),
    off: await chatRoute({ agentId: off }),
    gone: await chatRoute({ agentId: gone }),
  };
  const refs = Object.values(routes).map(({ id }) => ({ instanceId: here, id }));
  const plan = await planOf('routes.bulk', { change: 'off', routes: refs });
  expect(
    plan.moves.flatMap((text) => (plain(text).values.instance ? [plain(text).values.from] : [])).toSorted(),
  ).toEqual(['Fim da lista', 'Fim, desligado', 'nobody'].toSorted());

  const reasons = async () => {
    const health = await readHealth(omniFor(sandbox.url, sandbox.keys.admin), { scopes: ['*'], instances: 'all' });
    if (!health.ok) throw new Error(health.error.kind);
    const { findings, seen, unread } = health.value;
    const of = ({ id }: { id: string }) => findings.filter(({ routeId }) => routeId === id).map(({ reason }) => reason);
    return {
      unread,
      late: of(routes.late),
      off: of(routes.off),
      gone: of(routes.gone),
      names: [routes.late, routes.off].map(({ id }) => seen.rows.find((row) => row.id === id)?.agent),
    };
  };
  expect(await reasons()).toEqual({
    unread: [],
    late: [],
    off: ['agent-off'],
    gone: ['agent-missing'],
    names: ['Fim da lista', 'Fim, desligado'],
  });
  await control.clearFaults();
  await control.fault({ kind: 'status', status: 503, path: `/agents/${gone}$`, times: null });
  expect(await reasons()).toMatchObject({ unread: ['agents'], late: [], off: ['agent-off'], gone: [] });
  await control.clearFaults();
});
