import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { key as schema, type Key } from '#lib/omni/schemas/keys.ts';
import { emptyFormValues, formValuesLike, keyDraftOf, problemsOf, type KeyFormValues } from './form-values.ts';
import { keyDraftInput } from './key-draft.ts';
import { PROFILES } from './profiles.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const END = '2031-01-01T00:00:00.000Z';

function keyWith(more: object): Key {
  const now = new Date().toISOString();
  const nothing = { description: null, profile: null, profileOverrides: {}, instanceIds: null, rateLimit: null };
  const times = { expiresAt: null, lastUsedAt: null, revokedAt: null, createdAt: now, updatedAt: now };
  const row = { id: WHATSAPP, name: 'crm', keyPrefix: 'abcdefgh', scopes: ['persons:read'], status: 'active' };
  return schema.parse({ ...row, ...nothing, ...times, usageCount: 0, ...more });
}

const like = (more: object, own: string[] | null = ['*']) => {
  const { values, uncopied } = formValuesLike(keyWith(more), null, own, END);
  return { draft: keyDraftOf(values), uncopied };
};

test('formValuesLike copies the profile and the locks of a locked key', () => {
  const { draft, uncopied } = like({ profile: 'personal', scopes: ['chats:read'], instanceAllowlist: [WHATSAPP] });
  expect(uncopied).toEqual([]);
  expect(draft).toMatchObject({ profile: 'personal', scopes: [], instanceAllowlist: [WHATSAPP] });
});

test('formValuesLike copies the permissions that can be granted', () => {
  expect(like({ scopes: ['persons:read', 'keys:write'], instanceIds: [WHATSAPP] }, ['persons:*'])).toMatchObject({
    draft: { profile: null, scopes: ['persons:read'], instanceIds: [WHATSAPP] },
    uncopied: [],
  });
});

test.each<[string, object, string]>([
  ['a lock Omni takes with a profile only', { instanceAllowlist: [WHATSAPP] }, 'instanceAllowlist'],
  ['a lock its profile has no place for', { profile: 'console-viewer', chatAllowlist: ['5511'] }, 'chatAllowlist'],
  [
    'answers with fields left out',
    { profile: 'console-viewer', profileOverrides: { denylistExtras: ['phone'] } },
    'denylist',
  ],
  ['a profile nobody here knows', { profile: 'of-tomorrow' }, 'profile'],
])('formValuesLike fills in no permission where %s can’t be copied', (_, more, part) => {
  const { draft, uncopied } = like(more);
  expect(uncopied).toEqual([part]);
  expect(draft).toMatchObject({ profile: null, scopes: [] });
});

describe('keys.create: the form and the server agree', () => {
  const now = Date.parse('2030-01-01T00:00:00.000Z');
  const text = fc.oneof(fc.constantFrom('', ' ', 'crm', '__PRIMARY__', ' __primary__ '), fc.string({ maxLength: 255 }));
  const ids = fc.array(fc.oneof(fc.constant(WHATSAPP), fc.string()), { maxLength: 3 });
  const moment = fc.constantFrom(null, '', END, '2029-12-31T23:59:00.000Z');
  const values = fc.record<KeyFormValues>({
    name: text,
    description: fc.string({ maxLength: 500 }),
    scopes: fc.array(fc.constantFrom('persons:read', 'persons:*', '*', 'zebra:fly'), { maxLength: 3 }),
    profile: fc.constantFrom(null, ...PROFILES.map(({ name }) => name)),
    instances: fc.constantFrom('all', 'some', 'none'),
    instanceIds: ids,
    locks: fc.record({ instanceAllowlist: ids, chatAllowlist: ids, outboundRecipientAllowlist: ids }),
    expiresAt: moment,
    rateLimit: fc.oneof(fc.constantFrom('', '60', '0', '-1', '1.5', '9999999999', 'x'), fc.string({ maxLength: 4 })),
  });

  it('what the form finds nothing wrong with, the server takes', () => {
    let taken = 0;
    fc.assert(
      fc.property(values, (one) => {
        if (Object.keys(problemsOf(one, null, now)).length > 0) return;
        taken += 1;
        expect(keyDraftInput.safeParse(keyDraftOf(one)).error?.issues).toBeUndefined();
      }),
      { numRuns: 20_000, seed: 22 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it.each<[string, Partial<KeyFormValues>, object]>([
    ['a name of spaces', { name: ' ' }, { name: 'name-needed' }],
    ['a name that nobody sees', { name: '\u3164\u200b' }, { name: 'name-needed' }],
    ['the reserved name', { name: '__Primary__ ' }, { name: 'name-reserved' }],
    ['no permission', { scopes: [] }, { scopes: 'scopes-needed' }],
    ['only these instances, and none', { instances: 'some', instanceIds: [] }, { instances: 'instances-needed' }],
    ['an instance that is no id', { instances: 'some', instanceIds: ['wa'] }, { instances: 'instance-ids-bad' }],
    ['a profile without its lock', { profile: 'personal' }, { locks: 'locks-needed' }],
    ['a moment that is none', { expiresAt: '' }, { expiresAt: 'expiry-needed' }],
    ['a moment that has passed', { expiresAt: '2029-12-31T23:59:00.000Z' }, { expiresAt: 'expiry-past' }],
    ['a limit that is no number', { rateLimit: 'many' }, { rateLimit: 'rate-limit-bad' }],
  ])('%s is said before anything is asked', (_, more, problems) => {
    const one = { ...emptyFormValues(END), name: 'crm', scopes: ['persons:read'], ...more };
    expect(problemsOf(one, null, now)).toEqual(problems);
  });
});
