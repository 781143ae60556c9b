import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { whoAnswers, type DraftRoute } from './who-answers.ts';
import { DRAFT_ID } from './resolution-view.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { FIELDS, type RouteFields } from '#lib/routes/editor/route-fields.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const TELEGRAM = '33333333-3333-4333-8333-333333333333';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';
const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';

const { sandbox, control } = await ownSandbox({ persons: 100 });

async function ask(
  asked: { chatId?: string; personId?: string; instanceId?: string },
  draft?: DraftRoute,
  key = 'admin',
) {
  const { instanceId = WHATSAPP, chatId = null, personId = null } = asked;
  const answer = await whoAnswers(
    omniFor(sandbox.url, sandbox.keys[key] ?? ''),
    { scopes: null, capabilities: { generation: 'current' } },
    { instanceId, chatId, personId },
    draft,
  );
  if (!answer.ok) throw new Error(answer.error.kind);
  return { ...answer.value.view, ruleEndedAgo: answer.value.ruleEndedAgo, verdict: await answer.value.finish() };
}

const chain = (view: Awaited<ReturnType<typeof ask>>) =>
  view.links.map(({ state, agent }) => `${state} ${agent?.is === 'named' ? agent.name : (agent?.is ?? null)}`);

async function scene(chatActive = true, userActive = true) {
  const [chatId, personId] = [randomUUID(), randomUUID()];
  const [chatRoute, userRoute] = [randomUUID(), randomUUID()];
  await control.rows({
    chats: [{ id: chatId, instanceId: WHATSAPP, name: 'Sala' }],
    persons: [{ id: personId, displayName: 'Rosa' }],
    agent_routes: [
      { id: chatRoute, instanceId: WHATSAPP, scope: 'chat', chatId, agentId: SUPORTE, isActive: chatActive },
      { id: userRoute, instanceId: WHATSAPP, scope: 'user', personId, agentId: null, isActive: userActive },
    ],
  });
  return { chatId, personId, chatRoute, userRoute };
}

function draftOf(more: Partial<RouteFields>): RouteFields {
  const inherited = Object.fromEntries(FIELDS.map((field) => [field, null])) as RouteFields;
  return { ...inherited, isActive: true, priority: 0, ...more };
}

test('whoAnswers says at each link of the chain how far the search got', async () => {
  const { chatId, personId } = await scene();
  expect(chain(await ask({ chatId, personId }))).toEqual(['reached Suporte', 'outranked Vendas', 'spared Vendas']);
  expect(chain(await ask({ personId }))).toEqual(['not_asked null', 'reached Vendas', 'spared Vendas']);
  expect(chain(await ask({}))).toEqual(['not_asked null', 'not_asked null', 'reached Vendas']);
  expect(chain(await ask({ chatId }))).toEqual(['reached Suporte', 'not_asked null', 'spared Vendas']);
  expect(chain(await ask({ chatId: 'x@s.whatsapp.net', personId }))).toEqual([
    'unreachable null',
    'unreachable Vendas',
    'reached Vendas',
  ]);
  const off = await scene(false, false);
  expect(chain(await ask({ chatId: off.chatId, personId: off.personId }))).toEqual([
    'inactive Suporte',
    'inactive Vendas',
    'reached Vendas',
  ]);
  expect(chain(await ask({ chatId: randomUUID(), personId: randomUUID() }))).toEqual([
    'none null',
    'none null',
    'reached Vendas',
  ]);
});

test('whoAnswers tells names, a chat of another instance, and an instance without an agent', async () => {
  const { chatId, personId } = await scene();
  expect(await ask({ chatId, personId })).toMatchObject({ chat: { name: 'Sala' }, person: { name: 'Rosa' } });
  const there = await ask({ instanceId: TELEGRAM, chatId });
  expect(there).toMatchObject({ agent: null, verdict: { is: 'nobody', why: 'chat-elsewhere' } });
});

test('whoAnswers takes a draft as if it were saved: a new route, a changed one, one that is deactivated', async () => {
  const { chatId, personId, chatRoute } = await scene();
  const target = { scope: 'chat', chatId: randomUUID() } as const;
  const fresh = await ask(
    { chatId: target.chatId },
    { id: null, target, fields: draftOf({ agentId: SUPORTE, agentTimeout: 7 }) },
  );
  expect([chain(fresh)[0], fresh.links[0]?.route]).toEqual([
    'reached Suporte',
    { id: DRAFT_ID, label: null, priority: 0, draft: true },
  ]);
  expect(fresh.settings.find(({ name }) => name === 'agentTimeout')).toMatchObject({ value: 7, origin: 'route' });
  const changed = await ask({ chatId }, { id: chatRoute, target: null, fields: draftOf({ agentId: VENDAS }) });
  expect([chain(changed)[0], changed.links[0]?.route?.draft]).toEqual(['reached Vendas', true]);
  const off = await ask({ chatId, personId }, { id: chatRoute, target: null, fields: draftOf({ isActive: false }) });
  expect(chain(off).slice(0, 2)).toEqual(['inactive Vendas', 'reached Vendas']);
  expect(chain(await ask({ chatId }))[0]).toBe('reached Suporte');
});

test('whoAnswers gives an error, not an answer, to a key limited to another instance', async () => {
  await expect(ask({ instanceId: TELEGRAM }, undefined, 'whatsapp')).rejects.toThrow('forbidden');
});

test('whoAnswers names an agent beyond the two hundred that Omni lists', async () => {
  const { chatId, chatRoute } = await scene();
  const late = randomUUID();
  await control.rows({ agents: Array.from({ length: 200 }, (_, index) => ({ name: `Robô ${index}` })) });
  await control.rows({ agents: [{ id: late, name: 'Fim da lista' }] });
  await control.write('UPDATE agents SET created_at = created_at * 2 WHERE id = ?', [late]);
  await control.write('UPDATE agent_routes SET agent_id = ? WHERE id = ?', [late, chatRoute]);
  expect((await ask({ chatId })).agent).toMatchObject({ id: late, name: { is: 'named', name: 'Fim da lista' } });
  await control.fault({ kind: 'status', status: 500, path: `/agents/${late}$`, times: null });
  expect((await ask({ chatId })).verdict).toMatchObject({
    why: 'not-seen',
    part: 'agents',
    seen: { is: 'failed', problem: { values: { status: 500 } } },
  });
  await control.clearFaults();
});

test('whoAnswers has no answer for a draft of a route that was deleted meanwhile', async () => {
  const { chatId, chatRoute } = await scene();
  await control.write('DELETE FROM agent_routes WHERE id = ?', [chatRoute]);
  const draft = { id: chatRoute, target: null, fields: draftOf({ agentId: VENDAS }) };
  await expect(ask({ chatId }, draft)).rejects.toThrow('not_found');
});

test('whoAnswers says of a person Omni does not have that there is no identity, not that the read failed', async () => {
  await control.write("UPDATE instances SET access_mode = 'blocklist' WHERE id = ?", [WHATSAPP]);
  const { chatId } = await scene();
  expect((await ask({ chatId, personId: randomUUID() })).verdict).toMatchObject({ is: 'unknown', why: 'no-identity' });
});

test('whoAnswers: a rule expires by the clock of Omni, whatever that of the console says', async () => {
  const [chatId, handle] = [randomUUID(), '5511955554444@s.whatsapp.net'];
  const soon = new Date((await control.now()) + 60_000).toISOString();
  await control.rows({
    chats: [{ id: chatId, instanceId: WHATSAPP, chatType: 'dm', externalId: handle, name: 'Direta' }],
    access_rules: [{ instanceId: WHATSAPP, ruleType: 'deny', phonePattern: '5511955554444*', expiresAt: soon }],
  });
  expect(await ask({ chatId })).toMatchObject({ verdict: { is: 'nobody', why: 'blocked' }, ruleEndedAgo: null });
  await control.moveClock(120_000);
  const ended = await ask({ chatId });
  expect(ended.verdict).toMatchObject({ is: 'answers' });
  // Omni's cache goes on denying for 300 s (access contract, case Q2).
  expect(Math.round((ended.ruleEndedAgo ?? 0) / 10_000)).toBe(6);
  expect((await ask({})).ruleEndedAgo).toBeNull();
  await control.moveClock(400_000);
  expect(await ask({ chatId })).toMatchObject({ verdict: { is: 'answers' }, ruleEndedAgo: null });
  await control.moveClock(-400_000);
  // Omni without a clock that can be read: the console's stands for it, and the verdict does not wait for it.
  await control.fault({ kind: 'hold', path: '/health$', times: null });
  const started = performance.now();
  expect((await ask({ chatId })).verdict).toMatchObject({ is: 'nobody', why: 'blocked' });
  expect(performance.now() - started).toBeLessThan(4000);
  await control.clearFaults();
  await control.moveClock(-120_000);
});

test.each(['nobody', 'missing', 'not-seen'])('whoAnswers: an agent called “%s” has that name', async (name) => {
  const [chatId, agentId] = [randomUUID(), randomUUID()];
  await control.rows({
    agents: [{ id: agentId, name }],
    chats: [{ id: chatId, instanceId: WHATSAPP, name: 'Sala' }],
    agent_routes: [{ instanceId: WHATSAPP, scope: 'chat', chatId, agentId }],
  });
  const { agent, links } = await ask({ chatId });
  expect(agent?.name).toEqual({ is: 'named', name });
  expect(links[0]?.agent).toEqual({ is: 'named', name });
});

test.each(['', '   ', '\u200b\u2060'])('whoAnswers: a label of which nothing is drawn (%j) is none', async (label) => {
  const chatId = randomUUID();
  await control.rows({
    chats: [{ id: chatId, instanceId: WHATSAPP, name: 'Sala' }],
    agent_routes: [{ instanceId: WHATSAPP, scope: 'chat', chatId, agentId: SUPORTE, label }],
  });
  expect((await ask({ chatId })).links[0]?.route?.label).toBeNull();
});
