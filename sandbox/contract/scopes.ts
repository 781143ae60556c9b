import { expect } from 'vitest';
import { expectError, forbids } from './suite/issues.ts';
import { at, data, items, NOBODY } from './suite/omni.ts';
import { state, stateInside } from './suite/statements.ts';

const NO_ACCESS = 'API key does not have access to this instance';
const READER = [
  'persons:read',
  'instances:read',
  'chats:read',
  'routes:read',
  'agents:read',
  'providers:read',
  'auth:validate',
];

state(
  'I1 I2 I4 I5 I6 I7 I8',
  'a read-only key reads, and learns the scope it lacks',
  async ({ call, key, instance }) => {
    const { secret } = await key({ scopes: READER });
    const ask = (method: string, path: string, body?: object) => call(method, path, body, { key: secret });
    expect((await ask('GET', '/persons?limit=1')).status).toBe(200);
    forbids(await ask('PATCH', `/persons/${NOBODY}`, { displayName: 'x' }), 'persons:write');
    forbids(await ask('POST', `/instances/${await instance()}/routes`, {}), 'routes:write');
    forbids(await ask('DELETE', `/providers/${NOBODY}`), 'providers:write');
    forbids(await ask('GET', '/keys'), 'keys:read');
    forbids(await ask('POST', '/keys', { name: 'x', scopes: ['*'] }), 'keys:write');
    forbids(await ask('GET', '/settings'), 'settings:read');
  },
);

state(
  'I9 I10 I11 I12',
  'nobody grants more than they hold, but anyone with keys:write revokes',
  async ({ call, key, unique }) => {
    const { secret } = await key({ scopes: ['keys:write', 'keys:read', 'persons:read'] });
    const broad = await key({});
    const ask = (method: string, path: string, body: object) => call(method, path, body, { key: secret });
    const sentence = "Cannot grant scopes that exceed the caller's own. Disallowed: *";
    expectError(await ask('POST', '/keys', { name: 'minter', scopes: ['*'] }), 403, 'FORBIDDEN', sentence);
    const own = await ask('POST', '/keys', { name: unique('minter'), scopes: ['persons:read'] });
    expect(own.status).toBe(201);
    await call('DELETE', `/keys/${String(data(own).id)}`);
    expectError(await ask('PATCH', `/keys/${broad.id}`, { description: 'touched' }), 403, 'FORBIDDEN', sentence);
    expect(at(await ask('POST', `/keys/${broad.id}/revoke`, {}), 'data.status')).toBe('revoked');
  },
);

state(
  'I13 I14 I15 I16 J1',
  'instanceIds hides and guards instances, unknown ones too',
  async ({ call, key, instance, otherInstance }) => {
    const [own, other] = [await instance(), await otherInstance()];
    const { secret } = await key({ instanceIds: [own] });
    const ask = (path: string) => call('GET', path, undefined, { key: secret });
    const list = await ask('/instances?limit=100');
    expect(items(list).map((row) => row.id)).toEqual([own]);
    const fields = [
      'id',
      'name',
      'channel',
      'isActive',
      'isDefault',
      'agentId',
      'agentTimeout',
      'accessMode',
      'profileName',
    ];
    expect(Object.keys(items(list)[0] ?? {})).toEqual(expect.arrayContaining(fields));
    expect((await ask(`/instances/${own}`)).status).toBe(200);
    for (const path of [`/instances/${other}`, `/instances/${other}/routes`, `/instances/${NOBODY}`]) {
      expectError(await ask(path), 403, 'FORBIDDEN', NO_ACCESS);
    }
  },
);

state(
  'I17 I18',
  'a restricted key lists the chats of every instance, unless the release filters',
  async ({ call, key, variant, chat }) => {
    const other = at(await call('GET', `/chats/${await chat()}`), 'data.instanceId');
    const { secret } = await key({ instanceIds: [NOBODY] });
    const variants = {
      'chats unfiltered: all instances': (seen: boolean) => seen,
      'chats filtered: own instances': (seen: boolean) => !seen,
    };
    const answer = await call('GET', '/chats?limit=100&includeArchived=1', undefined, { key: secret });
    const seen = items(answer).some((row) => row.instanceId === other);
    const pick = (name: keyof typeof variants) => () => variants[name](seen);
    const names = Object.keys(variants) as (keyof typeof variants)[];
    variant(answer, Object.fromEntries(names.map((name) => [name, pick(name)])));
    variant(await call('GET', `/chats?instanceId=${String(other)}`, undefined, { key: secret }), {
      'chats of a foreign instance: 200': ({ status }) => status === 200,
      'chats of a foreign instance: 400 VALIDATION': (refused) => at(refused, 'error.code') === 'VALIDATION',
    });
  },
);

state('I19 I20', 'a restricted key reads any chat by its id and every person', async ({ call, key, chat, person }) => {
  await person();
  const { secret } = await key({ instanceIds: [NOBODY] });
  expect((await call('GET', `/chats/${await chat()}`, undefined, { key: secret })).status).toBe(200);
  expect(items(await call('GET', '/persons?limit=5', undefined, { key: secret })).length).toBeGreaterThan(0);
});

stateInside(
  'I21',
  'presence shows a restricted key the identities of all instances',
  async ({ call, key, person, instance, otherInstance }) => {
    const { id } = await person({}, [{ instanceId: await instance() }, { instanceId: await otherInstance() }]);
    const { secret } = await key({ instanceIds: [await instance()] });
    const answer = await call('GET', `/persons/${id}/presence`, undefined, { key: secret });
    expect(at(answer, 'data.summary.totalIdentities')).toBe(2);
  },
);

state('I22', 'a restricted key may create an instance it then may not read', async ({ call, key, unique }) => {
  const { secret } = await key({ instanceIds: [NOBODY] });
  const made = await call('POST', '/instances', { name: unique('by-wa'), channel: 'telegram' }, { key: secret });
  expect(made.status).toBe(201);
  const path = `/instances/${String(data(made).id)}`;
  expect((await call('GET', path, undefined, { key: secret })).status).toBe(403);
  await call('DELETE', path);
});
