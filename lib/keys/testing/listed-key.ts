import type { ListedKey } from '#lib/keys/list/listed-key.ts';

/** A plain active key, but for what a test is about. */
export function testListedKey(id: string, more: Partial<ListedKey> = {}): ListedKey {
  return {
    id,
    name: id,
    description: null,
    prefix: '',
    kinds: [],
    status: 'active',
    expiresAt: null,
    lastUse: { is: 'never' },
    scopes: [],
    profile: null,
    instances: null,
    createdAt: '2026-05-31T12:00:00.000Z',
    createdBy: null,
    risks: [],
    ...more,
  };
}
