import { expect } from 'vitest';
import { expectError, expectIssues, notOneOf, tooSmall } from './suite/issues.ts';
import { at, data, items, NOBODY, text, words, type ContractAnswer } from './suite/omni.ts';
import { state, stateInside, stateUnproved } from './suite/statements.ts';
import { unreadable } from './suite/variants.ts';

const KEY = words(`
  id name description keyPrefix keyHash scopes profile profileOverrides chatAllowlist instanceAllowlist
  outboundRecipientAllowlist instanceIds status rateLimit expiresAt lastUsedAt lastUsedIp usageCount revokedAt
  revokedBy revokeReason activeInstanceId contextInstanceId contextChatId contextMessageId contextUpdatedAt
  createdAt createdBy updatedAt`);

const badDate = (field: string) => ({
  code: 'invalid_string',
  validation: 'datetime',
  message: 'Invalid datetime',
  path: [field],
});

state('H1 H5', 'the list carries keyHash, oldest first, and its total counts the page', async ({ call, key }) => {
  await key({});
  await key({});
  const answer = await call('GET', '/keys?limit=2');
  expect(Object.keys(items(answer)[0] ?? {}).toSorted()).toEqual(KEY.toSorted());
  expect(items(answer)[0]?.keyHash).toMatch(/^[0-9a-f]{64}$/);
  expect(answer.body.meta).toEqual({ total: 2 });
  const [first, second] = items(answer);
  expect(String(first?.createdAt) <= String(second?.createdAt)).toBe(true);
});

state('H2 H3 H4 H6', 'nothing is ever called expired', async ({ call, key, unique }) => {
  const [name, revoked] = [unique('old'), await key({})];
  await key({ name, expiresAt: '2020-01-01T00:00:00Z' });
  await call('POST', `/keys/${revoked.id}/revoke`);
  expect((await call('GET', '/keys?status=expired')).body).toEqual({ items: [], meta: { total: 0 } });
  const gone = items(await call('GET', '/keys?status=revoked&limit=100'));
  expect(gone.every((row) => row.status === 'revoked')).toBe(true);
  const active = items(await call('GET', '/keys?status=active&limit=100'));
  expect(active.every((row) => row.status === 'active')).toBe(true);
  expectIssues(await call('GET', '/keys?status=foo'), notOneOf('status', 'foo', ['active', 'revoked', 'expired']));
});

state('H7 H8 H38 H39', 'a bad UUID is 500, an unknown key a 404 without details', async ({ call, variant }) => {
  variant(await call('GET', '/keys/zzz'), unreadable);
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/audit'],
  ] as const) {
    expectError(await call(method, `/keys/${NOBODY}${path}`), 404, 'NOT_FOUND', 'API key not found');
  }
});

state('H9 H19', 'a created key is shown once and works', async ({ call, unique }) => {
  const name = unique('console');
  const scopes = ['persons:read', 'persons:write'];
  const body = {
    name,
    description: 'd',
    scopes,
    instanceIds: [NOBODY],
    rateLimit: 5,
    expiresAt: '2099-01-01T00:00:00Z',
  };
  const answer = await call('POST', '/keys', body);
  expect(answer.status).toBe(201);
  expect(data(answer)).toMatchObject({
    ...body,
    expiresAt: '2099-01-01T00:00:00.000Z',
    status: 'active',
    usageCount: 0,
  });
  const secret = text(answer, 'data.plainTextKey');
  expect(secret).toMatch(/^omni_sk_[A-Za-z0-9]{32}$/);
  expect(at(answer, 'data.keyPrefix')).toBe(secret.slice(8, 16));
  const used = await call('GET', '/persons?limit=1', undefined, { key: secret });
  expect(used.status).toBe(200);
  const [limit, left] = ['limit', 'remaining'].map((name) => Number(used.headers.get(`x-ratelimit-${name}`)));
  expect(left).toBe(Number(limit) - 1);
  expect(data(await call('GET', `/keys/${text(answer, 'data.id')}`))).not.toHaveProperty('plainTextKey');
  await call('DELETE', `/keys/${text(answer, 'data.id')}`);
});

state('H10 H11 H14', 'scopes are required and not empty, an expiry with an offset is refused', async ({ call }) => {
  const create = (body: object) => call('POST', '/keys', { name: 'x', ...body });
  expectError(await create({}), 400, 'VALIDATION_ERROR', 'scopes is required when no profile is supplied');
  expectIssues(await create({ scopes: [] }), tooSmall('scopes', 'array', 1));
  expectIssues(await create({ scopes: ['*'], expiresAt: '2027-01-01T00:00:00-03:00' }), badDate('expiresAt'));
});

state(
  'H12 H13 H15 H16 H17 H18',
  'unknown scopes and instances, past dates, no instance and any name are accepted',
  async ({ call, key, unique }) => {
    const made = async (body: object) => data(await call('GET', `/keys/${(await key({ ...body })).id}`));
    expect(await made({ scopes: ['foo:bar'] })).toMatchObject({ scopes: ['foo:bar'] });
    expect(await made({ expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 'active' });
    expect(await made({ instanceIds: [NOBODY] })).toMatchObject({ instanceIds: [NOBODY] });
    expect(await made({ instanceIds: [] })).toMatchObject({ instanceIds: [] });
    const name = unique('twice');
    expect(await made({ name })).toMatchObject({ name });
    expect(await made({ name })).toMatchObject({ name });
  },
);

stateInside(
  'H18',
  'a second __primary__ is accepted and can then neither be renamed nor deleted',
  async ({ call, key }) => {
    const { id } = await key({ name: '__primary__', scopes: ['persons:read'] });
    expectError(await call('PATCH', `/keys/${id}`, { name: 'x' }), 403, 'FORBIDDEN', 'Cannot rename primary API key');
    expectError(await call('DELETE', `/keys/${id}`), 403, 'FORBIDDEN', 'Cannot delete primary API key');
  },
);

state('H20', "a key's own rate limit is stored and not enforced", async ({ call, key }) => {
  const { secret } = await key({ rateLimit: 5 });
  for (let count = 0; count < 12; count += 1) {
    expect((await call('GET', '/persons?limit=1', undefined, { key: secret })).status).toBe(200);
  }
});

state('H21 H22', 'a profile brings its scopes; admin is refused', async ({ call, key }) => {
  const { id } = await key({ profile: 'console-viewer', scopes: ['*'] });
  const row = data(await call('GET', `/keys/${id}`)) as { scopes: string[]; profile: string };
  expect(row.profile).toBe('console-viewer');
  expect(row.scopes).toContain('auth:validate');
  expect(row.scopes.every((scope) => scope.endsWith(':read') || scope === 'auth:validate')).toBe(true);
  expect(row.scopes).toHaveLength(29);
  const admin = await call('POST', '/keys', { name: 'cv', scopes: ['*'], profile: 'admin' });
  const sentence = 'admin keys cannot be created via HTTP — use the omni CLI on a TTY';
  expectError(admin, 403, 'FORBIDDEN', sentence);
});

state(
  'H23 H24 H25 H26',
  'new scopes act at once; status and hash are dropped; null clears',
  async ({ call, key, person }) => {
    const { id, secret } = await key({
      scopes: ['persons:write'],
      description: 'd',
      rateLimit: 5,
      instanceIds: [NOBODY],
    });
    const target = await person();
    const write = () => call('PATCH', `/persons/${target.id}`, {}, { key: secret });
    expect((await write()).status).toBe(200);
    const patch = (body: object) => call('PATCH', `/keys/${id}`, body);
    expect(at(await patch({ scopes: ['persons:read'] }), 'data.scopes')).toEqual(['persons:read']);
    expect((await write()).status).toBe(403);
    const dropped = await patch({ status: 'revoked', keyHash: 'x' });
    expect(data(dropped)).toMatchObject({
      status: 'active',
      keyHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    const cleared = { expiresAt: null, instanceIds: null, rateLimit: null, description: null };
    expect(data(await patch(cleared))).toMatchObject(cleared);
  },
);

state(
  'H27 H28 H29 H30 H31',
  'the audit has every call, newest first, 403 too, without its query',
  async ({ call, key, variant }) => {
    const { id, secret } = await key({ scopes: ['persons:read'] });
    const headers = { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'contract' };
    await call('GET', '/persons?limit=1', undefined, { key: secret, headers });
    await call('GET', '/keys', undefined, { key: secret, headers });
    const audit = (query: string) => call('GET', `/keys/${id}/audit?${query}`);
    const answer = await audit('limit=1');
    const [row] = items(answer);
    expect(row).toMatchObject({
      apiKeyId: id,
      method: 'GET',
      path: '/api/v2/keys',
      statusCode: 403,
      ipAddress: '203.0.113.9',
    });
    expect(answer.body.meta).toEqual({ total: 2, hasMore: true, cursor: row?.timestamp });
    const forbidden = await audit('statusCode=403&limit=1');
    expect(forbidden.body.meta).toMatchObject({ total: 1, hasMore: false });
    expect(items(await audit('path=persons'))[0]).toMatchObject({ path: '/api/v2/persons', statusCode: 200 });
    expect((await audit('since=2099-01-01T00:00:00Z')).body).toEqual({ items: [], meta: { total: 0, hasMore: false } });
    const issueCode = (code: string) => (answer: ContractAnswer) => at(answer, 'error.issues.0.code') === code;
    const strange = await audit('since=yesterday');
    expect(strange.status).toBe(400);
    variant(strange, {
      'dates of requests: ISO with Z': issueCode('invalid_string'),
      'dates of requests: what JavaScript reads': issueCode('invalid_date'),
    });
    variant(await audit('cursor=zzz'), unreadable);
  },
);

state('H32 H33 H34 H35 H36', 'revoke needs no body, acts at once, and overwrites itself', async ({ call, key }) => {
  const { id, secret } = await key({});
  const used = () => call('GET', '/persons?limit=1', undefined, { key: secret });
  expect((await used()).status).toBe(200);
  const revoke = (body?: object) => call('POST', `/keys/${id}/revoke`, body);
  expect(data(await revoke())).toMatchObject({ status: 'revoked', revokeReason: null });
  expect((await used()).status).toBe(401);
  expect((await revoke({})).status).toBe(200);
  const second = { revokeReason: 'second', revokedBy: 'me' };
  expect(data(await revoke({ reason: 'second', revokedBy: 'me' }))).toMatchObject(second);
  expect(data(await call('PATCH', `/keys/${id}`, { name: 'renamed' }))).toMatchObject({ name: 'renamed', ...second });
});

state('H37', 'a deleted key takes its audit with it', async ({ call, key }) => {
  const { id, secret } = await key({});
  await call('GET', '/persons?limit=1', undefined, { key: secret });
  expect((await call('DELETE', `/keys/${id}`)).body).toEqual({ data: { deleted: true } });
  expectError(await call('GET', `/keys/${id}/audit`), 404, 'NOT_FOUND', 'API key not found');
});

stateInside(
  'H40 H41 H42 H43 H44',
  'the primary key can be revoked by anyone, and only SQL brings it back',
  async (trial) => {
    const { call, target } = trial;
    const inside = trial.inside();
    const [primary] = await inside.sql<{ id: string }>(
      "SELECT id FROM api_keys WHERE name = '__primary__' ORDER BY created_at",
    );
    const path = `/keys/${primary?.id}`;
    expectError(await call('PATCH', path, { name: 'x' }), 403, 'FORBIDDEN', 'Cannot rename primary API key');
    expectError(await call('DELETE', path), 403, 'FORBIDDEN', 'Cannot delete primary API key');
    const { secret } = await trial.key({ scopes: ['keys:write'] });
    const revoked = await call('POST', `${path}/revoke`, { reason: 'oops' }, { key: secret });
    expect(data(revoked)).toMatchObject({ name: '__primary__', status: 'revoked', revokeReason: 'oops' });
    expect((await call('POST', '/auth/validate', undefined, { key: target.key })).status).toBe(401);
    await inside.write("UPDATE api_keys SET status = 'active' WHERE id = ?", [primary?.id ?? '']);
    expect((await call('POST', '/auth/validate')).status).toBe(200);
  },
);

stateInside('H45 H46', 'a key revoked behind the API is accepted until its minute in the cache ends', async (trial) => {
  const inside = trial.inside();
  const { id, secret } = await trial.key({});
  const used = async () => (await trial.call('GET', '/persons?limit=1', undefined, { key: secret })).status;
  expect(await used()).toBe(200);
  await inside.write("UPDATE api_keys SET status = 'revoked' WHERE id = ?", [id]);
  await inside.moveClock(55_000);
  expect(await used()).toBe(200);
  await inside.moveClock(6000);
  expect(await used()).toBe(401);
});

stateInside('H47', 'expiry acts on a cached key at once, and its status stays active', async (trial) => {
  const inside = trial.inside();
  const expiresAt = new Date((await inside.now()) + 4000).toISOString();
  const { id, secret } = await trial.key({ expiresAt });
  const used = async () => (await trial.call('GET', '/persons?limit=1', undefined, { key: secret })).status;
  expect(await used()).toBe(200);
  await inside.moveClock(4500);
  expect(await used()).toBe(401);
  expect(at(await trial.call('GET', `/keys/${id}`), 'data.status')).toBe('active');
});

stateUnproved('§5', 'updatedAt and lastUsedAt move on use', async ({ call, key }) => {
  const { id, secret } = await key({});
  const before = await call('GET', `/keys/${id}`);
  await call('GET', '/persons?limit=1', undefined, { key: secret });
  const after = await call('GET', `/keys/${id}`);
  expect(at(before, 'data.lastUsedAt')).toBeNull();
  expect(at(after, 'data.lastUsedAt')).toBe(at(after, 'data.updatedAt'));
  expect(at(after, 'data.usageCount')).toBe(1);
});

stateUnproved(
  '§5.2',
  "a profile's locks must be given, and lock the key out of what has no target",
  async ({ call, key, instance }) => {
    const create = (body: object) => call('POST', '/keys', { name: 'x', profile: 'coworker', ...body });
    expect(at(await create({}), 'error.code')).toBe('MISSING_LOCK');
    expect(at(await create({ instanceAllowlist: [] }), 'error.code')).toBe('MISSING_LOCK');
    const allowed = await instance();
    const { secret } = await key({ profile: 'coworker', instanceAllowlist: [allowed] });
    expect((await call('GET', `/instances/${allowed}`, undefined, { key: secret })).status).toBe(200);
    const refused = await call('GET', '/instances', undefined, { key: secret });
    expect(refused.status).toBe(403);
    expect(at(refused, 'error.attempted')).toBe('');
  },
);
