import { describe, expect, it } from 'vitest';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { blockedPlaces, decidingRules, rulesAbout, type AccessRead } from './blocked.ts';

const instances = [
  { id: 'wa', name: 'wa-vendas', accessMode: 'blocklist' },
  { id: 'tg', name: 'tg-suporte', accessMode: 'allowlist' },
  { id: 'off', name: 'livre', accessMode: 'disabled' },
] as Instance[];
const NUMBER = '5511955500001';
const handles = [
  { instanceId: 'wa', platformUserId: `${NUMBER}@s.whatsapp.net` },
  { instanceId: 'tg', platformUserId: '6550011223' },
];
const rule = (more: Partial<AccessRule>) =>
  ({
    id: 'r',
    instanceId: 'wa',
    ruleType: 'deny',
    platformUserId: null,
    phonePattern: null,
    personId: null,
    priority: 0,
    enabled: true,
    expiresAt: null,
    createdAt: '2026-02-01T00:00:00.000Z',
    ...more,
  }) as AccessRule;
const read = (...rules: AccessRule[]): AccessRead => ({ rules, instances, matchers: ['exact', 'before-at'], now: 0 });
const allow = rule({ id: 'ok', instanceId: 'tg', ruleType: 'allow', platformUserId: '6550011223', priority: 1 });

describe('blockedPlaces', () => {
  it('names each instance where an identity is blocked, by a rule without a person too', () => {
    const both = rule({ phonePattern: `+${NUMBER}*` });
    expect(blockedPlaces(read(both, allow), handles, null)).toEqual({ names: ['wa-vendas'], all: false });
    expect(blockedPlaces(read(both), handles, null)).toEqual({ names: ['wa-vendas', 'tg-suporte'], all: true });
  });

  it('names none where it can’t be told, where access control is off, and without an identity', () => {
    const oneForm = rule({ platformUserId: `${NUMBER}@s.whatsapp.net` });
    expect(blockedPlaces(read(oneForm, allow), handles, null)).toEqual({ names: [], all: false });
    expect(blockedPlaces(read(), [{ instanceId: 'off', platformUserId: 'x' }], null)).toEqual({
      names: [],
      all: false,
    });
    expect(blockedPlaces(read(rule({ personId: 'p' })), [], null)).toEqual({ names: [], all: false });
  });
});

describe('rulesAbout', () => {
  const pattern = rule({ id: 'phone', phonePattern: `+${NUMBER}` });
  const person = rule({ id: 'person', personId: 'p' });
  const elsewhere = rule({ id: 'elsewhere', instanceId: 'tg', phonePattern: `+${NUMBER}` });
  const global = rule({ id: 'global', instanceId: null, phonePattern: '*' });

  it('are those that name the person or may fit a handle on the rule’s instance', () => {
    const all = read(pattern, person, elsewhere, global, rule({ id: 'other', platformUserId: 'somebody' }));
    expect(rulesAbout(all, 'p', handles).map(({ id }) => id)).toEqual(['phone', 'person', 'global']);
  });

  it('and the deciding ones among them', () => {
    expect(decidingRules(read(global, allow), handles, null)).toEqual(new Set(['global', 'ok']));
  });
});
