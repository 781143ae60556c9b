import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkAccess, createAccessRule, deleteAccessRule, listAccessRules, patchAccessRule } from './access.ts';
import { getAgent, listAgents } from './agents.ts';
import { getAudit, listAudit } from './audit.ts';
import { validateKey } from './auth.ts';
import { listAutomationsNaming } from './automations.ts';
import { getChat, listChats, listParticipants } from './chats.ts';
import { credentialFor, sendJson, startServer, type Fixture } from '#lib/omni/testing/fixture-server.ts';
import { getInstance, getInstanceStatus, listAllInstances } from './instances.ts';
import { createKey, deleteKey, getKey, listKeyAudit, listKeys, patchKey, revokeKey } from './keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import {
  getPerson,
  getPresence,
  getTimeline,
  linkIdentities,
  listPersons,
  mergePersons,
  patchPerson,
  searchPersons,
  unlinkIdentity,
} from './persons.ts';
import { checkProvider, getProvider, listProviders } from './providers.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { createRoute, deleteRoute, getRoute, getRouteMetrics, listRoutes, patchRoute } from './routes.ts';

const A = 'dddddd01-0000-4000-8000-000000000001';
const B = 'dddddd02-0000-4000-8000-000000000002';
const plan = { secondPersonHasOthers: false, planIsMerge: false };
const deny = { ruleType: 'deny' as const, phonePattern: '+55*' };

let server: Fixture;
let omni: Omni;
beforeAll(async () => {
  server = await startServer((response) => sendJson(response, 404, { error: { code: 'NOT_FOUND', message: 'no' } }));
  omni = omniAs(credentialFor(server.url));
});
beforeEach(() => {
  server.heard.length = 0;
});
afterAll(() => server.stop());

const sent: [ask: (omni: Omni) => Promise<unknown>, line: string, body?: object][] = [
  [(o) => validateKey(o), 'POST /auth/validate'],
  [(o) => listAllInstances(o), 'GET /instances?limit=100'],
  [(o) => getInstance(o, A), `GET /instances/${A}`],
  [(o) => getInstanceStatus(o, A), `GET /instances/${A}/status`],
  [(o) => listAgents(o), 'GET /agents?limit=200'],
  [(o) => getAgent(o, A), `GET /agents/${A}`],
  [(o) => listProviders(o), 'GET /providers'],
  [(o) => getProvider(o, A), `GET /providers/${A}`],
  [(o) => checkProvider(o, A), `POST /providers/${A}/health`],
  [(o) => listChats(o), 'GET /chats'],
  [
    (o) => listChats(o, { instanceId: A, search: 'false', includeArchived: true, limit: 50 }),
    `GET /chats?instanceId=${A}&search=false&limit=50&includeArchived=true`,
  ],
  [(o) => getChat(o, A), `GET /chats/${A}`],
  [(o) => listParticipants(o, A), `GET /chats/${A}/participants`],
  [
    (o) => listPersons(o, { limit: 20, cursor: '2026-01-01T00:00:00.000Z' }),
    'GET /persons?limit=20&cursor=2026-01-01T00%3A00%3A00.000Z',
  ],
  [(o) => searchPersons(o, { search: 'João & Cia', limit: 100 }), 'GET /persons?search=Jo%C3%A3o+%26+Cia&limit=100'],
  [(o) => getPerson(o, A), `GET /persons/${A}`],
  [(o) => getPresence(o, A), `GET /persons/${A}/presence`],
  [(o) => getTimeline(o, A, { limit: 10 }), `GET /persons/${A}/timeline?limit=10`],
  [(o) => patchPerson(o, A, { primaryPhone: null }), `PATCH /persons/${A}`, { primaryPhone: null }],
  [
    (o) => mergePersons(o, { sourcePersonId: A, targetPersonId: B, reason: 'same' }),
    'POST /persons/merge',
    { sourcePersonId: A, targetPersonId: B, reason: 'same' },
  ],
  [
    (o) => linkIdentities(o, { identityA: A, identityB: B }, plan),
    'POST /persons/link',
    { identityA: A, identityB: B },
  ],
  [
    (o) => linkIdentities(o, { identityA: A, identityB: B }, { secondPersonHasOthers: true, planIsMerge: true }),
    'POST /persons/link',
    { identityA: A, identityB: B },
  ],
  [
    (o) => unlinkIdentity(o, { identityId: A, reason: 'wrong' }),
    'POST /persons/unlink',
    { identityId: A, reason: 'wrong' },
  ],
  [(o) => listRoutes(o, A), `GET /instances/${A}/routes`],
  [(o) => getRoute(o, A, B), `GET /instances/${A}/routes/${B}`],
  [
    (o) => createRoute(o, A, { scope: 'chat', chatId: B, agentId: A, priority: -1 }),
    `POST /instances/${A}/routes`,
    { scope: 'chat', chatId: B, agentId: A, priority: -1 },
  ],
  [
    (o) => patchRoute(o, A, B, { agentId: null, agentTimeout: null, isActive: false }),
    `PATCH /instances/${A}/routes/${B}`,
    { agentId: null, agentTimeout: null, isActive: false },
  ],
  [(o) => deleteRoute(o, A, B), `DELETE /instances/${A}/routes/${B}`],
  [(o) => getRouteMetrics(o), 'GET /routes/metrics'],
  [(o) => listKeys(o, { status: 'active' }), 'GET /keys?status=active&limit=100'],
  [(o) => getKey(o, A), `GET /keys/${A}`],
  [(o) => createKey(o, { name: 'n', scopes: ['*'] }), 'POST /keys', { name: 'n', scopes: ['*'] }],
  // These look at the key first; the writes themselves stand in key-guard.test.ts.
  [(o) => patchKey(o, A, { instanceIds: null }), `GET /keys/${A}`],
  [(o) => revokeKey(o, B), `GET /keys/${B}`],
  [(o) => deleteKey(o, B), `GET /keys/${B}`],
  [(o) => listKeyAudit(o, A, { statusCode: 403 }), `GET /keys/${A}/audit?statusCode=403`],
  [(o) => listAccessRules(o, { instanceId: A }), `GET /access/rules?instanceId=${A}`],
  [(o) => createAccessRule(o, deny), 'POST /access/rules', deny],
  [(o) => patchAccessRule(o, A, { enabled: false }), `PATCH /access/rules/${A}`, { enabled: false }],
  [(o) => deleteAccessRule(o, A), `DELETE /access/rules/${A}`],
  [
    (o) => checkAccess(o, { instanceId: A, platformUserId: '55', channel: 'telegram' }),
    'POST /access/check',
    { instanceId: A, platformUserId: '55', channel: 'telegram' },
  ],
  [(o) => listAutomationsNaming(o, [A]), 'GET /automations'],
  [(o) => listAudit(o, { target: A }), `GET /audit?target=${A}`],
  [(o) => getAudit(o, A), `GET /audit/${A}`],
];

test.each(sent.map(([ask, line, body]) => ({ ask, line, body })))('$line', async ({ ask, line, body }) => {
  expect(await ask(omni)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  expect(server.heard.map(({ method, path }) => `${method} ${path.replace('/api/v2', '')}`)).toEqual([line]);
  const [{ body: text = '' } = {}] = server.heard;
  expect(text === '' ? undefined : JSON.parse(text)).toEqual(body);
});

describe('omni resources: is never sent', () => {
  test.each<[string, (o: Omni) => Promise<unknown>, string]>([
    ['an id that is none', (o) => getPerson(o, '42'), 'bad_path'],
    ['an id that is a word', (o) => patchPerson(o, 'merge', { displayName: 'x' }), 'bad_path'],
    ['an unknown field', (o) => patchPerson(o, A, { nickname: 'x' } as never), 'bad_body'],
    ['a name that is cleared', (o) => patchPerson(o, A, { displayName: null } as never), 'bad_body'],
    ['a route to nowhere', (o) => createRoute(o, A, { scope: 'chat', personId: A, agentId: A } as never), 'bad_body'],
    [
      'a route with both targets',
      (o) => createRoute(o, A, { scope: 'user', personId: A, chatId: A, agentId: A } as never),
      'bad_body',
    ],
    ['a number the database can’t hold', (o) => patchRoute(o, A, B, { priority: 2 ** 31 }), 'bad_body'],
    ['a route moved to another chat', (o) => patchRoute(o, A, B, { chatId: A } as never), 'bad_body'],
    ['a key’s end with an offset', (o) => patchKey(o, A, { expiresAt: '2027-01-01T00:00:00-03:00' }), 'bad_body'],
    ['a key without scopes', (o) => patchKey(o, A, { scopes: [] }), 'bad_body'],
    ['an access rule that matches nobody', (o) => createAccessRule(o, { ruleType: 'deny' }), 'bad_body'],
    ['an unlink without a reason', (o) => unlinkIdentity(o, { identityId: A, reason: '' }), 'bad_body'],
    ['a self-merge', (o) => mergePersons(o, { sourcePersonId: A, targetPersonId: A.toUpperCase() }), 'self_merge'],
    [
      'a link that would be a merge nobody planned',
      (o) => linkIdentities(o, { identityA: A, identityB: B }, { secondPersonHasOthers: true, planIsMerge: false }),
      'unplanned_link',
    ],
    ['a link with itself', (o) => linkIdentities(o, { identityA: A, identityB: A }, plan), 'self_link'],
  ])('%s', async (_name, ask, code) => {
    expect(await ask(omni)).toMatchObject({ ok: false, error: { kind: 'invalid', code, requestId: 'not-sent' } });
    expect(server.heard).toHaveLength(0);
  });
});

const OMNI = join(import.meta.dirname, '..');

test('omni resources: only persons.ts plans a link', () => {
  const files = readdirSync(OMNI, { encoding: 'utf8', recursive: true }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const planning = files.filter((name) => /\bpermitLink\(/.test(readFileSync(join(OMNI, name), 'utf8')));
  expect(planning).toEqual(['resources/persons.ts']);
});

describe('omni resources: all instances', () => {
  const row = (n: number) => ({
    id: `i${n}`,
    name: `n${n}`,
    channel: 'telegram',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
  });

  test('come page by page, empty pages and repeats included, until a cursor is missing', async () => {
    const pages = [
      { items: [row(1)], meta: { hasMore: true, cursor: 'i1' } },
      { items: [], meta: { hasMore: true, cursor: 'i2' } },
      { items: [row(1), row(3)], meta: { hasMore: true } },
    ];
    const paged = await startServer((response, _heard, count) => sendJson(response, 200, pages[count - 1]));
    const all = await listAllInstances(omniAs(credentialFor(paged.url)));
    expect(all).toMatchObject({ ok: true, value: [{ id: 'i1' }, { id: 'i3' }] });
    expect(paged.heard.map(({ path }) => path.split('?')[1])).toEqual([
      'limit=100',
      'limit=100&cursor=i1',
      'limit=100&cursor=i2',
    ]);
    await paged.stop();
  });
});
