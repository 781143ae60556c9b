import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './server.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const PROVIDER = 'aaaaaaa1-0000-4000-8000-000000000001';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ generation: 'feb' });
});
afterAll(() => sandbox.stop());

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${sandbox.url}/api/v2${path}`, {
    method,
    headers: { 'x-api-key': sandbox.keys.admin, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

it('sandbox --generation feb: answers 500 where the agents will be', async () => {
  const { status, body, headers } = await ask('GET', '/agents?limit=1');
  expect(status).toBe(500);
  expect(body).toEqual({ error: { code: 'INTERNAL_ERROR', message: 'invalid input syntax for type uuid: "agents"' } });
  expect(headers.get('x-omni-server-version')).toBeNull();
});

it('sandbox --generation feb: has routes that name a provider', async () => {
  const { body } = await ask('GET', `/instances/${WHATSAPP}/routes`);
  const [route = {}] = body.items as Record<string, unknown>[];
  expect(Object.keys(route)).toEqual(expect.arrayContaining(['agentProviderId', 'agentId', 'agentType']));
  expect(route).not.toHaveProperty('messageDebounceMode');
  const chatId = 'cccccc02-0000-4000-8000-000000000002';
  const made = await ask('POST', `/instances/${WHATSAPP}/routes`, {
    scope: 'chat',
    chatId,
    agentProviderId: PROVIDER,
    agentId: 'vendas',
  });
  expect(made.status).toBe(201);
  expect(made.body.data).toMatchObject({ chatId, agentProviderId: PROVIDER, agentId: 'vendas' });
  const current = await ask('POST', `/instances/${WHATSAPP}/routes`, { scope: 'chat', chatId, agentId: PROVIDER });
  expect(current.status).toBe(400);
});

it('sandbox --generation feb: asks scopes of /keys only, and knows no bearer', async () => {
  const viewer = { 'x-api-key': sandbox.keys.viewer };
  const person = '/persons/dddddd01-0000-4000-8000-000000000001';
  expect((await ask('PATCH', person, { displayName: 'X' }, viewer)).status).toBe(200);
  expect((await ask('GET', '/keys', undefined, viewer)).status).toBe(403);
  const answer = await fetch(`${sandbox.url}/api/v2/persons`, {
    headers: { authorization: `Bearer ${sandbox.keys.admin}` },
  });
  expect(answer.status).toBe(401);
});

it('sandbox --generation feb: says the database refused in its own words', async () => {
  const person = '/persons/dddddd01-0000-4000-8000-000000000001';
  expect((await ask('PATCH', person, { primaryPhone: '5511987654321' })).status).toBe(500);
});

it.each([
  ['2026-11-01', 400],
  ['2026-11-01T00:00:00Z', 200],
  ['2026-11-01T00:00:00-03:00', 400],
  ['yesterday', 400],
])('sandbox --generation feb: of the dates of a key’s requests, %s is answered %i', async (since, status) => {
  const { body } = await ask('GET', '/keys?limit=1');
  const [key] = body.items as { id: string }[];
  expect((await ask('GET', `/keys/${key?.id}/audit?since=${encodeURIComponent(since)}`)).status).toBe(status);
});

it.each([
  ['2026-11-01', 200],
  ['Nov 1, 2026', 200],
  ['2026-11-01T00:00:00-03:00', 200],
  ['yesterday', 400],
])('sandbox: of the dates of a key’s requests, %s is answered %i', async (since, status) => {
  const current = await startSandbox({ port: 0, persons: 5 });
  try {
    const headers = { 'x-api-key': current.keys.admin };
    const listed = await fetch(`${current.url}/api/v2/keys?limit=1`, { headers });
    const { items } = (await listed.json()) as { items: { id: string }[] };
    const asked = `${current.url}/api/v2/keys/${items[0]?.id}/audit?since=${encodeURIComponent(since)}`;
    expect((await fetch(asked, { headers })).status).toBe(status);
  } finally {
    await current.stop();
  }
});
