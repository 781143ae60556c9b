import { describe, expect, test } from 'vitest';
import { isOwnFailure, readError } from './read-error.ts';

const app = (code: string, message: string, details?: object, beside?: object) => ({
  error: { code, message, ...(details && { details }), ...beside },
});
const zod = (...issues: object[]) => ({ success: false, error: { issues, name: 'ZodError' } });
const id = 'dddddd01-0000-4000-8000-000000000001';

/** Every answer here was seen on a server or read in its source (contract §1.5, behaviour A–J). */
const cases: [name: string, status: number, json: unknown, error: object][] = [
  ['no key', 401, app('UNAUTHORIZED', 'API key required.'), { kind: 'unauthorized' }],
  ['a wrong key', 401, app('UNAUTHORIZED', 'Invalid API key'), { kind: 'unauthorized' }],
  [
    'a missing signature is no wrong key',
    401,
    app('GENIE_SIGNATURE_REQUIRED', 'This instance requires a signed host'),
    { kind: 'signature_required' },
  ],
  [
    'a missing scope',
    403,
    app('FORBIDDEN', 'Insufficient permissions. Required scope: persons:write'),
    { kind: 'forbidden', scope: 'persons:write' },
  ],
  [
    'a scope with a hyphen',
    403,
    app('FORBIDDEN', 'Insufficient permissions. Required scope: agent-state:read'),
    { kind: 'forbidden', scope: 'agent-state:read' },
  ],
  [
    'an unmapped call',
    403,
    app('FORBIDDEN', 'Insufficient permissions. Route not mapped in scope policy.'),
    { kind: 'forbidden', reason: 'unmapped' },
  ],
  [
    'a lock beside the code',
    403,
    app('FORBIDDEN', 'Insufficient permissions. Lock instanceAllowlist blocks this.', undefined, {
      lock: 'instanceAllowlist',
      attempted: '',
    }),
    { kind: 'forbidden', lock: 'instanceAllowlist' },
  ],
  [
    'a lock in the text only',
    403,
    app('FORBIDDEN', 'Insufficient permissions. Lock chatAllowlist blocks this.'),
    { kind: 'forbidden', lock: 'chatAllowlist' },
  ],
  [
    'another instance',
    403,
    app('FORBIDDEN', 'API key does not have access to this instance'),
    { kind: 'forbidden', reason: 'instance' },
  ],
  [
    'another instance, said by the chats with a 400',
    400,
    app('VALIDATION', 'API key does not have access to this instance', { instanceId: id }),
    { kind: 'forbidden', reason: 'instance' },
  ],
  [
    'the ceiling of scopes',
    403,
    app('FORBIDDEN', "Cannot grant scopes that exceed the caller's own. Disallowed: keys:write, *"),
    { kind: 'forbidden', reason: 'ceiling', disallowed: ['keys:write', '*'] },
  ],
  [
    'the ceiling of instances',
    403,
    app('FORBIDDEN', "Cannot grant instance access that exceeds the caller's own."),
    { kind: 'forbidden', reason: 'ceiling' },
  ],
  [
    'the primary key',
    403,
    app('FORBIDDEN', 'Cannot delete primary API key'),
    { kind: 'forbidden', reason: 'primary_key' },
  ],
  [
    'the admin profile',
    403,
    app('FORBIDDEN', 'admin keys cannot be created via HTTP — use the omni CLI on a TTY'),
    { kind: 'forbidden', reason: 'admin_profile' },
  ],
  [
    'an unknown person',
    404,
    app('NOT_FOUND', `Person not found: ${id}`, { resourceType: 'Person', resourceId: id }),
    { kind: 'not_found', resource: 'Person', resourceId: id },
  ],
  [
    'an unknown key, without details',
    404,
    app('NOT_FOUND', 'API key not found'),
    { kind: 'not_found', resource: 'API key' },
  ],
  [
    'an unknown address',
    404,
    app('NOT_FOUND', 'Endpoint not found: GET /api/v2/agents'),
    { kind: 'not_found', resource: 'Endpoint' },
  ],
  [
    'a conflict with a field',
    409,
    app('CONFLICT', 'A record with that primary_phone already exists.', { field: 'primary_phone' }),
    { kind: 'conflict', field: 'primary_phone' },
  ],
  [
    'a conflict with the database’s own words',
    409,
    app('CONFLICT', 'Resource already exists', { detail: 'Key (primary_phone)=(+5511987654321) already exists.' }),
    { kind: 'conflict', field: 'primary_phone' },
  ],
  [
    'a conflict over two columns',
    409,
    app('CONFLICT', 'Resource already exists', { detail: 'Key (instance_id, chat_id)=(1, 2) already exists.' }),
    { kind: 'conflict', field: 'instance_id, chat_id' },
  ],
  [
    'a conflict in the text only',
    409,
    app('CONFLICT', 'A record with that name already exists.'),
    { kind: 'conflict', field: 'name' },
  ],
  [
    'a route that is there already, of which Omni can’t say which',
    409,
    app('CONFLICT', 'AgentRoute conflict: Route already exists', {
      resourceType: 'AgentRoute',
      conflictReason: 'Route already exists',
      constraint: 'unknown',
    }),
    { kind: 'conflict' },
  ],
  [
    'a foreign key',
    400,
    app('VALIDATION_ERROR', 'Referenced record does not exist.', {}),
    { kind: 'invalid', code: 'VALIDATION_ERROR', issues: [{ path: '', message: 'Referenced record does not exist.' }] },
  ],
  [
    'a profile’s lock that is missing',
    400,
    app('MISSING_LOCK', 'Profile cs requires chatAllowlist', { lock: 'chatAllowlist' }),
    { kind: 'invalid', code: 'MISSING_LOCK', issues: [{ path: '', message: 'Profile cs requires chatAllowlist' }] },
  ],
  [
    'broken JSON',
    400,
    app('HTTP_ERROR', 'Malformed JSON in request body'),
    { kind: 'invalid', code: 'HTTP_ERROR', issues: [{ path: '', message: 'Malformed JSON in request body' }] },
  ],
  [
    'zod’s own shape',
    400,
    zod(
      { code: 'invalid_string', message: 'Invalid email', path: ['primaryEmail'] },
      { code: 'invalid_type', message: 'Required', path: ['agentReplyFilter', 'conditions', 'onDm'] },
      { code: 'custom', message: 'chatId required', path: [] },
      { code: 'too_small', message: 'too short', path: ['scopes', 0] },
    ),
    {
      kind: 'invalid',
      issues: [
        { path: 'primaryEmail', message: 'Invalid email' },
        { path: 'agentReplyFilter.conditions.onDm', message: 'Required' },
        { path: '', message: 'chatId required' },
        { path: 'scopes.0', message: 'too short' },
      ],
    },
  ],
  [
    'zod’s shape with a union in it',
    400,
    zod({ code: 'invalid_union', unionErrors: [{ issues: [] }], path: ['isActive'], message: 'Invalid input' }),
    { kind: 'invalid', issues: [{ path: 'isActive', message: 'Invalid input' }] },
  ],
  [
    'a bare string',
    400,
    { error: 'agentId is required' },
    { kind: 'invalid', issues: [{ path: '', message: 'agentId is required' }], foreign: true },
  ],
  [
    'a body that is too large',
    413,
    { error: { code: 'PAYLOAD_TOO_LARGE', message: 'too large', maxSize: 10 } },
    { kind: 'invalid', code: 'PAYLOAD_TOO_LARGE', issues: [{ path: '', message: 'too large' }] },
  ],
  [
    'the rate limit',
    429,
    app('RATE_LIMITED', 'Too many requests.', { retryAfterMs: 59_390, limit: 1000, windowMs: 60_000 }),
    { kind: 'rate_limited', retryAfterMs: 59_390 },
  ],
  [
    'a wait beyond reason',
    429,
    app('RATE_LIMITED', 'x', { retryAfterMs: 9e9 }),
    { kind: 'rate_limited', retryAfterMs: 120_000 },
  ],
  [
    'a gateway’s own 401 is not a wrong key',
    401,
    { message: 'Unauthorized' },
    { kind: 'bad_answer', status: 401, reason: 'shape' },
  ],
  ['an error of no shape', 404, ['no'], { kind: 'bad_answer', status: 404, reason: 'shape' }],
  ['a status Omni never answers', 418, app('TEAPOT', 'x'), { kind: 'bad_answer', status: 418, reason: 'status' }],
];

test.each(cases)('readError: %s', (_name, status, json, error) => {
  expect(readError(status, json, {})).toEqual(error);
});

describe('readError: a 429 without a wait in its body', () => {
  test('has it in Retry-After', () => {
    expect(readError(429, undefined, { 'retry-after': '3' })).toEqual({ kind: 'rate_limited', retryAfterMs: 3000 });
  });

  test('or in X-RateLimit-Reset', () => {
    const reset = Math.floor(Date.now() / 1000) + 30;
    const error = readError(429, app('RATE_LIMITED', 'x'), { 'x-ratelimit-reset': String(reset) });
    expect(error).toMatchObject({ kind: 'rate_limited' });
    expect('retryAfterMs' in error && error.retryAfterMs).toBeGreaterThan(28_000);
    expect('retryAfterMs' in error && error.retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  test('or nowhere', () => {
    expect(readError(429, undefined, {})).toEqual({ kind: 'rate_limited', retryAfterMs: 1000 });
  });
});

test('readError: a message is cut', () => {
  const error = readError(400, app('VALIDATION_ERROR', 'x'.repeat(5000)), {});
  expect('issues' in error && error.issues[0]?.message).toHaveLength(500);
});

describe('isOwnFailure', () => {
  test('is true of a 500 with a code only: a gateway answers pages, and its 502, 503 and 504 say nothing of Omni', () => {
    const own = app('INTERNAL_ERROR', 'Internal server error');
    expect([500, 501, 502, 503, 504].filter((status) => isOwnFailure(status, own))).toEqual([500, 501]);
    expect([{ error: 'internal error' }, '<html>', undefined, {}].some((body) => isOwnFailure(500, body))).toBe(false);
  });
});

describe('readError', () => {
  test('marks a 400, 413 and 422 with only a text as foreign: no write of Omni answers so', () => {
    for (const status of [400, 413, 422]) {
      expect(readError(status, { error: 'Bad Request' }, {})).toMatchObject({ kind: 'invalid', foreign: true });
      expect(readError(status, app('VALIDATION_ERROR', 'bad'), {})).not.toHaveProperty('foreign');
      expect(readError(status, { success: false, error: { issues: [], name: 'ZodError' } }, {})).not.toHaveProperty(
        'foreign',
      );
    }
  });
  test('marks a 401 and a 403 without a code as foreign: a gateway may have answered', () => {
    for (const status of [401, 403]) {
      expect(readError(status, { error: 'denied' }, {})).toMatchObject({ foreign: true });
      expect(readError(status, app('FORBIDDEN', 'denied'), {})).not.toHaveProperty('foreign');
    }
  });
});
