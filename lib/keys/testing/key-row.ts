import type { KeyRow } from '#lib/keys/list/row.ts';

/** A plain active key, but for what a test is about. */
export function testKeyRow(id: string, more: Partial<KeyRow> = {}): KeyRow {
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
    ...more,
  };
}
