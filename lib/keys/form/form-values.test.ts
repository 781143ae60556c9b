import { expect, test } from 'vitest';
import { key as schema, type Key } from '#lib/omni/schemas/keys.ts';
import { draftLike, wishOf } from './form-values.ts';

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
  const { draft, uncopied } = draftLike(keyWith(more), null, own, END);
  return { wish: wishOf(draft), uncopied };
};

test('a key like a locked one has its profile and its locks', () => {
  const { wish, uncopied } = like({ profile: 'personal', scopes: ['chats:read'], instanceAllowlist: [WHATSAPP] });
  expect(uncopied).toEqual([]);
  expect(wish).toMatchObject({ profile: 'personal', scopes: [], instanceAllowlist: [WHATSAPP] });
});

test('a key like a free one has those of its rights that can be given', () => {
  expect(like({ scopes: ['persons:read', 'keys:write'], instanceIds: [WHATSAPP] }, ['persons:*'])).toMatchObject({
    wish: { profile: null, scopes: ['persons:read'], instanceIds: [WHATSAPP] },
    uncopied: [],
  });
});

test.each<[string, object, string]>([
  ['a lock Omni takes with a profile only', { instanceAllowlist: [WHATSAPP] }, 'instanceAllowlist'],
  ['a lock its profile has no place for', { profile: 'console-viewer', chatAllowlist: ['5511'] }, 'chatAllowlist'],
  ['answers thinned out', { profile: 'console-viewer', profileOverrides: { denylistExtras: ['phone'] } }, 'denylist'],
  ['a profile nobody here knows', { profile: 'of-tomorrow' }, 'profile'],
])('what cannot be copied fills in no right: %s', (_, more, part) => {
  const { wish, uncopied } = like(more);
  expect(uncopied).toEqual([part]);
  expect(wish).toMatchObject({ profile: null, scopes: [] });
});
