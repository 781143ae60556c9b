import { describe, expect, it } from 'vitest';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { capabilityAmong, capabilityOf, type KeyCapability, type KeyDeed } from './capability.ts';

const now = Date.parse('2026-06-01T12:00:00.000Z');
const ALL = ['*'];

const key = (more: Partial<Key> = {}): Key => ({
  id: '99999990-0000-4000-8000-000000000001',
  name: 'crm',
  description: null,
  keyPrefix: 'abcd1234',
  scopes: ['persons:read'],
  profile: null,
  profileOverrides: null,
  chatAllowlist: [],
  instanceAllowlist: [],
  outboundRecipientAllowlist: [],
  instanceIds: null,
  status: 'active',
  rateLimit: null,
  expiresAt: null,
  lastUsedAt: null,
  lastUsedIp: null,
  usageCount: 0,
  revokedAt: null,
  revokedBy: null,
  revokeReason: null,
  createdAt: '2026-05-01T12:00:00.000Z',
  createdBy: null,
  updatedAt: '2026-05-01T12:00:00.000Z',
  ...more,
});

/** What bars each deed, as `sentence → instead`; null where it is possible. */
const told = (capability: KeyCapability) =>
  Object.fromEntries(
    (['edit', 'rotate', 'revoke', 'delete'] satisfies KeyDeed[]).map((deed) => {
      const barred = capability[deed];
      return [deed, barred && `${barred.why.key} → ${barred.instead ?? 'nothing'}`];
    }),
  );

const of = (more: Partial<Key> = {}, own = false, scopes: readonly string[] | null = ALL) =>
  told(capabilityOf({ key: key(more), own }, { scopes, now, ending: null }));

const REVOKE_FIRST = 'keys.delete.revoke-first → revoke';

describe('capabilityOf', () => {
  it('bars a plain key from nothing but being deleted before it is revoked', () => {
    expect(of()).toEqual({ edit: null, rotate: null, revoke: null, delete: REVOKE_FIRST });
  });

  it('leads a revoked key to its deletion, and to another like it', () => {
    expect(of({ status: 'revoked' })).toEqual({
      edit: 'keys.edit.revoked → nothing',
      rotate: 'rotate.refused-revoked → create',
      revoke: 'keys.revoke.already → delete',
      delete: null,
    });
  });

  it('leads an expired key to another like it, and lets it be revoked', () => {
    const expired = of({ expiresAt: '2026-05-31T12:00:00.000Z' });
    expect(expired).toMatchObject({ rotate: 'rotate.refused-expired → create', revoke: null });
  });

  it('never ends the own key, and leads to its rotation', () => {
    expect(of({}, true)).toEqual({
      edit: null,
      rotate: null,
      revoke: 'keys.refused-own → rotate',
      delete: 'keys.refused-own → nothing',
    });
  });

  it('bars the primary key from all but an edit of its description, also where it is the own one', () => {
    for (const own of [false, true])
      expect(of({ name: '__primary__', scopes: ['*'] }, own)).toMatchObject({
        edit: null,
        rotate: 'rotate.refused-primary → nothing',
        revoke: 'keys.refused-primary → nothing',
      });
  });

  it('takes no permission from the own key, from the primary one, or from a revoked one', () => {
    const narrow = (more: Partial<Key>, own = false) =>
      capabilityOf({ key: key(more), own }, { scopes: ALL, now, ending: 'last_key_writer' }).narrow?.why.key ?? null;
    expect(narrow({})).toBeNull();
    expect(narrow({ expiresAt: '2026-05-31T12:00:00.000Z' })).toBeNull();
    expect(narrow({}, true)).toBe('keys.refused-own');
    expect(narrow({ name: '__primary__', scopes: ['*'] }, true)).toBe('keys.refused-primary');
    expect(narrow({ status: 'revoked' }, true)).toBe('keys.edit.revoked');
  });

  it('lets a key that Omni made for an agent be revoked, not rotated', () => {
    expect(of({ name: 'agent:vendas' })).toMatchObject({ rotate: 'rotate.refused-agent → nothing', revoke: null });
  });

  it('does not rotate what the session could not grant, nor a lock that has no profile', () => {
    expect(of({ scopes: ['agents:write'] }, false, ['keys:write', 'keys:read']).rotate).toMatch(
      /^rotate.refused-broader/,
    );
    expect(of({ chatAllowlist: ['1'] }).rotate).toBe('rotate.refused-locks → create');
    expect(of({ profile: 'admin' }).rotate).toBe('rotate.refused-admin → nothing');
  });

  it('names the missing scope for every deed, and leaves unknown scopes to Omni', () => {
    const capability = capabilityOf({ key: key(), own: false }, { scopes: ['keys:read'], now, ending: null });
    for (const barred of Object.values(capability)) expect(barred).toMatchObject({ scope: 'keys:write' });
    expect(of({}, false, null)).toEqual({ edit: null, rotate: null, revoke: null, delete: REVOKE_FIRST });
  });
});

describe('capabilityOf, of requests that nobody kept', () => {
  const with_ = (more: Partial<Key>, calls?: 'kept' | 'kept_unsure' | 'not_kept' | 'nothing_to_keep', own = false) => {
    const { delete: remove, clear } = capabilityOf({ key: key(more), own }, { scopes: ALL, now, calls, ending: null });
    return [remove, clear].map((barred) => barred && `${barred.why.key} → ${barred.instead ?? 'nothing'}`);
  };
  const KEEP = 'keys.delete.keep-first → requests';
  const expired = { expiresAt: '2026-05-31T12:00:00.000Z' };

  it('deletes a revoked key only once they are copied, and leads to them', () => {
    expect(with_({ status: 'revoked' }, 'not_kept')).toEqual([KEEP, KEEP]);
    for (const calls of ['kept', 'kept_unsure', 'nothing_to_keep', undefined] as const)
      expect(with_({ status: 'revoked' }, calls)).toEqual([null, null]);
  });

  it('clears an expired key away among others, and no key that works', () => {
    expect(with_(expired)).toEqual([REVOKE_FIRST, null]);
    expect(with_(expired, 'not_kept')).toEqual([REVOKE_FIRST, KEEP]);
    expect(with_({}, 'not_kept')).toEqual([REVOKE_FIRST, REVOKE_FIRST]);
  });

  it('names what never changes before what can be done about', () => {
    expect(with_({ ...expired, name: '__primary__' }, 'not_kept')).toEqual([
      'keys.refused-primary → nothing',
      'keys.refused-primary → nothing',
    ]);
    expect(with_(expired, 'not_kept', true)[1]).toBe('keys.refused-own → nothing');
  });
});

describe('capabilityAmong', () => {
  const writer = { key: key({ scopes: ['keys:write'] }), own: false };
  const at = (keys: Key[], all: boolean) =>
    told(capabilityAmong(writer, { keys: keys.map((one) => ({ key: one, own: false })), all }, { scopes: ALL, now }))
      .revoke;

  it('keeps the last key that can manage keys, and says where others may be unlisted', () => {
    expect(at([writer.key], true)).toBe('keys.refused-last → nothing');
    expect(at([writer.key], false)).toBe('keys.refused-last-unlisted → nothing');
    expect(at([writer.key, key({ id: 'b', scopes: ['*'] })], true)).toBeNull();
  });
});
