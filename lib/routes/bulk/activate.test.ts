import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownBed, runnerOfAll } from '#lib/operations/testing/own-bed.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { preview } from '#lib/operations/plan/preview.ts';

const here = randomUUID();
const agent = randomUUID();

const { control, db, at } = await ownBed({ persons: 100 });
beforeAll(async () => {
  await control.rows({
    agents: [{ id: agent, name: 'Robô' }],
    instances: [{ id: here, name: 'Loja', agentId: agent }],
  });
});

/** A route of a chat or a person, and its title when it is deactivated with these scopes. */
async function titleOf(target: 'chat' | 'person', name: string | null, label: string | null, scopes = ['*']) {
  const [id, targetId] = [randomUUID(), randomUUID()];
  const chats = [{ id: targetId, instanceId: here, externalId: `${targetId}@g.us`, name }];
  const persons = [{ id: targetId, displayName: name }];
  const about = target === 'chat' ? { scope: 'chat', chatId: targetId } : { scope: 'user', personId: targetId };
  await control.rows({
    ...(target === 'chat' ? { chats } : { persons }),
    agent_routes: [{ id, instanceId: here, agentId: agent, label, ...about }],
  });
  const runner = runnerOfAll(db, at, scopes);
  const seen = await preview(runner, 'routes.activate', { instanceId: here, id, active: false });
  if (!seen.ok) throw new Error(seen.problem.code);
  return { id, runner, title: seen.plan.title };
}

test.each(['chat', 'person'] as const)('routes.activate: the title names the %s, not the label', async (target) => {
  expect((await titleOf(target, 'Queiroz', 'Regra 7')).title).toEqual({
    key: 'activate.title-off-for',
    values: { name: 'Queiroz' },
  });
});

test('routes.activate: a chat without a name is called by its handle', async () => {
  expect((await titleOf('chat', null, 'Regra 7')).title.values?.name).toMatch(/@g\.us$/);
});

test('routes.activate: the label stands for a name this key may not read, the id for both', async () => {
  const narrow = ['routes:read', 'routes:write'];
  expect((await titleOf('person', 'Ana', 'Regra 7', narrow)).title).toEqual({
    key: 'activate.title-off',
    values: { label: 'Regra 7' },
  });
  const { id, title } = await titleOf('person', 'Ana', null, narrow);
  expect(title).toEqual({ key: 'activate.title-off', values: { label: id.slice(0, 8) } });
});

test('routes.activate: an undo names the target too', async () => {
  const { id, runner } = await titleOf('chat', 'Grupo Queiroz', null);
  const entry = await carryOut(runner, 'routes.activate', { instanceId: here, id, active: false });
  expect([entry.status, entry.body.plan.title.key]).toEqual(['done', 'activate.title-off-for']);
  expect((await undoEntry(runner, entry.id)).body.plan.title).toEqual({
    key: 'activate.title-on-for',
    values: { name: 'Grupo Queiroz' },
  });
});
