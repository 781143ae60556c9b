import { describe, expect, it } from 'vitest';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { decideAccess, decideHandle, type AccessFacts } from './decide.ts';

const INSTANCE = '11111111-1111-4111-8111-111111111111';
const NOW = Date.parse('2026-02-10T12:00:00.000Z');
const HANDLE = '5511955500001@s.whatsapp.net';

let made = 0;
function rule(more: Partial<AccessRule> = {}): AccessRule {
  made += 1;
  const createdAt = new Date(NOW - 1_000_000 + made).toISOString();
  return {
    id: `rule-${made}`,
    instanceId: INSTANCE,
    ruleType: 'deny',
    phonePattern: null,
    platformUserId: HANDLE,
    personId: null,
    priority: 0,
    enabled: true,
    reason: null,
    expiresAt: null,
    action: 'block',
    blockMessage: null,
    createdAt,
    updatedAt: createdAt,
    ...more,
  };
}

const facts = (rules: AccessRule[], more: Partial<AccessFacts> = {}): AccessFacts => ({
  instanceId: INSTANCE,
  mode: 'blocklist',
  rules,
  matchers: ['exact'],
  now: NOW,
  ...more,
});
const decide = (rules: AccessRule[], more: Partial<AccessFacts> = {}, handle = HANDLE) =>
  decideHandle(facts(rules, more), handle, 'exact');

describe('access rules: decideHandle', () => {
  it.each([
    ['disabled', 'allowed'],
    ['blocklist', 'allowed'],
    ['allowlist', 'blocked'],
  ])('leaves it to the mode where no rule fits: %s', (mode, is) => {
    expect(decide([], { mode })).toEqual({ is, by: null });
  });

  it.each([null, 'graylist'])('can’t tell for a mode it does not know: %s', (mode) => {
    expect(decide([], { mode })).toEqual({ is: 'unknown', why: 'mode' });
    expect(decide([rule()], { mode })).toEqual({ is: 'unknown', why: 'mode' });
  });

  it('lets no rule decide where access control is off', () => {
    expect(decide([rule()], { mode: 'disabled' })).toEqual({ is: 'allowed', by: null });
  });

  it('lets the highest priority decide, and of equal ones the newest, allow or deny alike', () => {
    const [older, newer] = [rule(), rule({ ruleType: 'allow' })];
    expect(decide([older, newer])).toEqual({ is: 'allowed', by: newer });
    const strong = { ...older, priority: 1 };
    expect(decide([newer, strong])).toEqual({ is: 'blocked', by: strong });
    const global = rule({ instanceId: null });
    expect(decide([global, newer, older])).toEqual({ is: 'blocked', by: global });
    const star = rule({ platformUserId: null, phonePattern: '*', ruleType: 'allow' });
    expect(decide([older, star])).toEqual({ is: 'allowed', by: star });
  });

  it('passes over rules that are off, expired, of another instance or about a person only', () => {
    const idle = [
      rule({ enabled: false }),
      rule({ expiresAt: new Date(NOW).toISOString() }),
      rule({ instanceId: INSTANCE.replace('1', '2') }),
      rule({ platformUserId: null, personId: INSTANCE }),
    ];
    expect(decide(idle)).toEqual({ is: 'allowed', by: null });
    const later = rule({ expiresAt: new Date(NOW + 1).toISOString() });
    expect(decide([...idle, later])).toEqual({ is: 'blocked', by: later });
  });

  it('reads the type and not the action', () => {
    const odd = rule({ ruleType: 'allow', action: 'silent_block' });
    expect(decide([odd], { mode: 'allowlist' })).toEqual({ is: 'allowed', by: odd });
  });

  it('can’t tell where two rules of the same moment disagree, and can where they agree', () => {
    const [one, other] = [rule(), rule({ ruleType: 'allow' })];
    const same = { ...other, createdAt: one.createdAt };
    expect(decide([one, same])).toEqual({ is: 'unknown', why: 'order' });
    expect(decide([one, { ...same, ruleType: 'deny' }]).is).toBe('blocked');
    expect(decide([one, { ...same, platformUserId: 'somebody else' }]).is).toBe('blocked');
  });

  it('can’t tell where a pattern that is not tried could decide, and can where it comes too late', () => {
    const heavy = rule({ platformUserId: null, phonePattern: '*1*2*3*4*', priority: 5 });
    expect(decide([heavy, rule()])).toEqual({ is: 'unknown', why: 'pattern' });
    expect(decide([heavy, rule({ priority: 6 })]).is).toBe('blocked');
  });
});

describe('access rules: decideAccess', () => {
  const both = { matchers: ['exact', 'before-at'] as const };

  it('is sure where the stored handle, the bare one and every matcher agree', () => {
    const demo = rule({ phonePattern: '+5511955500001' });
    expect(decideAccess(facts([demo], both), HANDLE)).toEqual({ is: 'blocked', by: demo });
    expect(decideAccess(facts([], both), HANDLE)).toEqual({ is: 'allowed', by: null });
  });

  it('can’t tell where a rule names only one form of the handle and messages come with the other', () => {
    expect(decideAccess(facts([rule()], both), HANDLE)).toEqual({ is: 'unknown', why: 'form' });
    const bare = rule({ platformUserId: '5511955500001' });
    expect(decideAccess(facts([bare]), HANDLE)).toEqual({ is: 'unknown', why: 'form' });
    expect(decideAccess(facts([rule()], { matchers: ['before-at'] }), HANDLE).is).toBe('blocked');
  });

  it('is sure for handles without a server part', () => {
    const telegram = rule({ platformUserId: '6550011223' });
    expect(decideAccess(facts([telegram], both), '6550011223')).toEqual({ is: 'blocked', by: telegram });
  });

  it('is sure of a blocked LID only where the phone is blocked as well', () => {
    const lid = rule({ platformUserId: null, phonePattern: '11987*' });
    const phone = rule({ platformUserId: null, phonePattern: '+55119*' });
    expect(decideAccess(facts([lid]), '11987@lid')).toEqual({ is: 'unknown', why: 'lid' });
    expect(decideAccess(facts([lid]), '11987@lid', '+5511955500001')).toEqual({ is: 'unknown', why: 'lid' });
    expect(decideAccess(facts([lid, phone]), '11987@lid', '+5511955500001')).toEqual({ is: 'blocked', by: lid });
    expect(decideAccess(facts([phone]), '11987@lid', '+5511955500001')).toEqual({ is: 'allowed', by: null });
  });
});
