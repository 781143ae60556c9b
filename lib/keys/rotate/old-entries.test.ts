import { expect, test } from 'vitest';
import type { EntryBody } from '#lib/operations/journal/entry.ts';
import { bodyToday, inputToday, operationToday, stepRecordToday } from '#lib/operations/journal/read-old-names.ts';

const body = (more: Partial<EntryBody>): EntryBody => ({
  input: {},
  before: {},
  plan: {
    title: { key: 'rotate.mint-title', values: { name: 'CRM' } },
    effects: {},
    steps: [],
    moves: [{ key: 'rotate.mint-old-stays', values: { prefix: 'abcdefgh' } }],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'rotate.no-command' } },
  },
  who: { keyName: 'a key', yourName: null },
  ...more,
});
const step = { state: 'done', outcome: null } as never as Parameters<typeof stepRecordToday>[1];

test('keys.create-for-rotation: an entry of before is read, and its new key is known', () => {
  expect(operationToday('keys.mint')).toBe('keys.create-for-rotation');
  const { plan } = bodyToday('keys.mint', body({}));
  expect([plan.title.key, plan.moves[0]?.key]).toEqual(['rotate.create-title', 'rotate.create-old-unchanged']);
  const created = stepRecordToday('keys.mint', { ...step, id: 'create', result: { id: 'a', prefix: 'b', seen: true } });
  expect(created).toMatchObject({ id: 'create', result: { id: 'a', prefix: 'b', delivered: true } });
  const proved = stepRecordToday('keys.mint', {
    ...step,
    id: 'prove',
    result: { allowed: 'unseen', refused: 'proved' },
  });
  expect(proved.result).toEqual({ allowed: 'unknown', refused: 'proved' });
});

test('keys.create: steps and results of before are continued and undone', () => {
  const made = stepRecordToday('keys.create', { ...step, id: 'make', result: { id: 'a' } });
  const told = stepRecordToday('keys.create', { ...step, id: 'unseen', result: { told: false } });
  expect([made.id, told.id, told.result]).toEqual(['create', 'revoke-undelivered', { delivered: false }]);
});

test('keys.set-expiry and keys.cancel-rotation: facts and input of before have the names of today', () => {
  const callers = { all: [{ ip: '203.0.113.9', agent: 'crm/1.0' }], last: null, looked: 3, sure: true };
  const integrations = { all: [{ ip: '203.0.113.9', userAgent: 'crm/1.0' }], last: null, requestsRead: 3, sure: true };
  expect(bodyToday('keys.set-expiry', body({ before: { callers, key: null } })).before).toEqual({
    integrations,
    key: null,
  });
  expect(inputToday('keys.cancel-rotation', { rotationId: 'r', oldEnd: null })).toEqual({
    rotationId: 'r',
    oldExpiresAt: null,
  });
});

test.each(['keys.edit', 'keys.revoke', 'keys.delete'])(
  '%s: the key that was read before is found for the undo',
  (name) => {
    const before = { looked: { seen: { key: { name: 'CRM', looked: 'hers' }, own: false }, refused: null } };
    expect(bodyToday(name, body({ before })).before).toEqual({ reading: before.looked });
  },
);
