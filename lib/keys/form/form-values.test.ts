import { expect, test } from 'vitest';
import { key as schema, type Key } from '#lib/omni/schemas/keys.ts';
import { formValuesLike, keyDraftOf } from './form-values.ts';

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
