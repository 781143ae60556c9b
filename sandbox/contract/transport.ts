import { expect } from 'vitest';
import { expectError, expectIssues, missing } from './suite/issues.ts';
import { at, text } from './suite/omni.ts';
import { state } from './suite/statements.ts';
import { noEndpoint } from './suite/variants.ts';

const NO_KEY = 'API key required. Provide via x-api-key header or api_key query parameter.';
const BAD_KEY = 'Invalid API key';

state('A1 A16', 'health needs no key and echoes the request id', async ({ call }) => {
  const answer = await call('GET', '/health', undefined, { key: null, headers: { 'x-request-id': 'my-id-1' } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ status: 'healthy', checks: { database: { status: 'ok' } } });
  expect(Object.keys(answer.body.instances as object).sort()).toEqual(['byChannel', 'connected', 'total']);
  expect(answer.headers.get('x-request-id')).toBe('my-id-1');
});

state('A2 A14', 'no key is 401 whether the endpoint exists or not', async ({ call }) => {
  expectError(await call('POST', '/auth/validate', undefined, { key: null }), 401, 'UNAUTHORIZED', NO_KEY);
  expectError(await call('GET', '/nope', undefined, { key: null }), 401, 'UNAUTHORIZED', NO_KEY);
});

state('A3 A4', 'a malformed key and an unknown one are the same 401', async ({ call }) => {
  for (const key of ['abc', `omni_sk_${'0'.repeat(32)}`]) {
    expectError(await call('POST', '/auth/validate', undefined, { key }), 401, 'UNAUTHORIZED', BAD_KEY);
  }
});

state('A5', 'validate names the key by its row id and carries the rate limit', async ({ call }) => {
  const answer = await call('POST', '/auth/validate');
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body.data as object)).toEqual(
    expect.arrayContaining(['valid', 'keyPrefix', 'keyName', 'scopes']),
  );
  expect(text(answer, 'data.keyPrefix')).toMatch(/^omni_sk_[0-9a-f]{8}\.\.\.$/);
  expect(Number(answer.headers.get('x-ratelimit-limit'))).toBeGreaterThan(0);
  expect(Number(answer.headers.get('x-ratelimit-reset'))).toBeGreaterThan(1e9);
  expect(answer.headers.get('x-request-id')).toBeTruthy();
});

state('A6 A7', 'a scoped key validates only with auth:validate', async ({ call, key }) => {
  const scopes = ['persons:read', 'auth:validate'];
  const wide = await key({ scopes });
  const answer = await call('POST', '/auth/validate', undefined, { key: wide.secret });
  expect(at(answer, 'data.scopes')).toEqual(scopes);
  expect(text(answer, 'data.keyPrefix')).toBe(`omni_sk_${wide.id.slice(0, 8)}...`);
  const narrow = await key({ scopes: ['persons:read'] });
  const refused = await call('POST', '/auth/validate', undefined, { key: narrow.secret });
  expectError(refused, 403, 'FORBIDDEN', 'Insufficient permissions. Required scope: auth:validate');
});

state(
  'A8 A9',
  'an expired key and a revoked one are 401, and the expired one is still called active',
  async ({ call, key }) => {
    const expired = await key({ expiresAt: '2020-01-01T00:00:00Z' });
    expectError(await call('POST', '/auth/validate', undefined, { key: expired.secret }), 401, 'UNAUTHORIZED', BAD_KEY);
    expect(at(await call('GET', `/keys/${expired.id}`), 'data.status')).toBe('active');
    const revoked = await key({});
    await call('POST', `/keys/${revoked.id}/revoke`);
    expectError(await call('POST', '/auth/validate', undefined, { key: revoked.secret }), 401, 'UNAUTHORIZED', BAD_KEY);
  },
);

state('A10 A11', 'the key may come in the query or as a bearer', async ({ call, target }) => {
  const inQuery = await call('POST', `/auth/validate?api_key=${target.key}`, undefined, { key: null });
  expect(inQuery.status).toBe(200);
  const headers = { authorization: `Bearer ${target.key}` };
  expect((await call('POST', '/auth/validate', undefined, { key: null, headers })).status).toBe(200);
});

state('A12 B18 B19 E13', 'there is no such endpoint', async ({ call, variant }) => {
  const id = '00000000-0000-4000-8000-00000000dead';
  variant(await call('GET', '/auth/validate'), noEndpoint);
  variant(await call('POST', '/persons', { displayName: 'x' }), noEndpoint);
  variant(await call('DELETE', `/persons/${id}`), noEndpoint);
  variant(await call('POST', '/persons/unmerge', {}), noEndpoint);
});

state(
  'A13 A15',
  'an unknown word is a bad UUID to a * key and unmapped to a scoped one',
  async ({ call, key, variant }) => {
    variant(await call('GET', '/nope'), noEndpoint);
    const { secret } = await key({ scopes: ['persons:read'] });
    const refused = await call('GET', '/nope', undefined, { key: secret });
    expectError(refused, 403, 'FORBIDDEN', 'Insufficient permissions. Route not mapped in scope policy.');
  },
);

state('A17', 'a preflight is answered without a key', async ({ call }) => {
  const headers = {
    origin: 'http://example.test',
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'x-api-key,content-type',
  };
  const answer = await call('OPTIONS', '/persons', undefined, { key: null, headers });
  expect(answer.status).toBe(204);
});

state('A18', 'malformed JSON is a 400 of its own', async ({ call }) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await call('POST', '/persons/merge', undefined, { raw: '{"a":', headers });
  expectError(answer, 400, 'HTTP_ERROR', 'Malformed JSON in request body');
});

state('A19', 'a body without a JSON content type counts as empty', async ({ call }) => {
  const raw = JSON.stringify({ sourcePersonId: 'x', targetPersonId: 'y' });
  const answer = await call('POST', '/persons/merge', undefined, { raw, headers: { 'content-type': 'text/plain' } });
  expectIssues(answer, missing('sourcePersonId'), missing('targetPersonId'));
});

state(
  'C2 C3 F27 G18',
  'a PATCH without a JSON content type, with {} or with unknown fields is 200 and changes nothing',
  async ({ call, person }) => {
    const displayName = 'Antes';
    const { id } = await person({ displayName });
    const headers = { 'content-type': 'text/plain' };
    const before = await call('GET', `/persons/${id}`);
    const answers = [
      await call('PATCH', `/persons/${id}`, undefined, { raw: '{"displayName":"Depois"}', headers }),
      await call('PATCH', `/persons/${id}`, {}),
      await call('PATCH', `/persons/${id}`, { id: 'x', createdAt: '2000-01-01', foo: 1 }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(at(answer, 'data.displayName')).toBe(displayName);
      expect(at(answer, 'data.createdAt')).toBe(at(before, 'data.createdAt'));
      expect(at(answer, 'data.updatedAt')).not.toBe(at(before, 'data.updatedAt'));
    }
  },
);
