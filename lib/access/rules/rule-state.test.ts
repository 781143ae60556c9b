import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { decideHandle } from './decide.ts';
import { criterionOf, ruleState } from './rule-state.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const rule = (id: string, parts: Partial<AccessRule> = {}): AccessRule => ({
  id,
  instanceId: 'a',
  ruleType: 'deny',
  phonePattern: null,
  platformUserId: '5511987654321@s.whatsapp.net',
  personId: null,
  priority: 0,
  enabled: true,
  reason: null,
  expiresAt: null,
  action: 'block',
  blockMessage: null,
  createdAt: `2026-01-0${id}T00:00:00.000Z`,
  updatedAt: `2026-01-0${id}T00:00:00.000Z`,
  ...parts,
});
const BY_PATTERN = { platformUserId: null };
const on = new Map([['a', { accessMode: 'blocklist' }]]);
const state = (one: AccessRule, ...others: AccessRule[]) => ruleState(one, [one, ...others], on, NOW).is;

describe('access rules: which ones can decide', () => {
  it.each([
    ['one that is in force', rule('1'), [], 'decides'],
    ['an inactive one', rule('1', { enabled: false }), [], 'inactive'],
    ['an expired one', rule('1', { expiresAt: '2026-05-01T00:00:00.000Z' }), [], 'expired'],
    ['one that names a person only', rule('1', { platformUserId: null, personId: 'p' }), [], 'person-only'],
    ['one older than another of the same handle', rule('1'), [rule('2', { ruleType: 'allow' })], 'older'],
    ['one whose newer twin is inactive', rule('1'), [rule('2', { enabled: false })], 'decides'],
    ['an older one of higher priority', rule('1', { priority: 5 }), [rule('2')], 'decides'],
    ['one behind a rule of all instances', rule('1'), [rule('2', { instanceId: null })], 'older'],
    [
      'one of all instances beside a newer one of one instance',
      rule('1', { instanceId: null }),
      [rule('2')],
      'decides',
    ],
    ['a pattern that is not tried', rule('1', { platformUserId: null, phonePattern: '*1*2*3*4' }), [], 'not-tried'],
    ['one behind a pattern that everybody fits', rule('1'), [rule('2', { ...BY_PATTERN, phonePattern: '*' })], 'older'],
    ['one behind a pattern of its number', rule('1'), [rule('2', { ...BY_PATTERN, phonePattern: '+5511*' })], 'older'],
    [
      'one beside a pattern of another number',
      rule('1'),
      [rule('2', { ...BY_PATTERN, phonePattern: '5521*' })],
      'decides',
    ],
    [
      'one beside a pattern of its bare number',
      rule('1'),
      [rule('2', { ...BY_PATTERN, phonePattern: '5511987654321' })],
      'decides',
    ],
    [
      'a pattern behind a wider one',
      rule('1', { ...BY_PATTERN, phonePattern: '+5511987*' }),
      [rule('2', { ...BY_PATTERN, phonePattern: '5511*' })],
      'older',
    ],
    [
      'a pattern behind a narrower one',
      rule('1', { ...BY_PATTERN, phonePattern: '5511*' }),
      [rule('2', { ...BY_PATTERN, phonePattern: '5511987*' })],
      'decides',
    ],
    ['one of an instance without access control', rule('1', { instanceId: 'b' }), [], 'decides'],
  ] as const)('%s', (_what, one, others, expected) => expect(state(one, ...others)).toBe(expected));

  it('says that access control is off', () => {
    expect(ruleState(rule('1'), [rule('1')], new Map([['a', { accessMode: 'disabled' }]]), NOW).is).toBe('off');
  });

  it('agrees with what decides on the handle: a rule that is older never does', () => {
    const all = [rule('1'), rule('2', { ruleType: 'allow' }), rule('3', { priority: -1 })];
    const facts = { instanceId: 'a', mode: 'blocklist', rules: all, now: NOW };
    const decision = decideHandle(facts, '5511987654321@s.whatsapp.net', 'exact');
    const decides = all.filter((one) => ruleState(one, all, on, NOW).is === 'decides').map(({ id }) => id);
    expect(decision).toMatchObject({ is: 'allowed', by: { id: '2' } });
    expect(decides).toEqual(['2']);
  });

  it('a rule that is said to come behind another never decides, whatever the handle', () => {
    const handles = ['5511@lid', '5511', '55112', '5511@s.whatsapp.net', '+5511', '5521@x', 'a\nb', '*'];
    const patterns = ['*', '55*', '+5511*', '5511', '5511@*', '*1', '55*1', '5511\n*', '+', 'a*'];
    const some = fc.record({
      platformUserId: fc.option(fc.constantFrom(...handles), { nil: null }),
      phonePattern: fc.option(fc.constantFrom(...patterns), { nil: null }),
      instanceId: fc.constantFrom('a', null),
      ruleType: fc.constantFrom('deny' as const, 'allow' as const),
      priority: fc.constantFrom(0, 0, 1),
      createdAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'),
    });
    let behind = 0;
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...handles, '5511987'),
        (all, handle) => {
          const rules = all.map((one, index) => rule(String(index), one));
          const older = new Set(
            rules.filter((one) => ruleState(one, rules, on, NOW).is === 'older').map(({ id }) => id),
          );
          behind += older.size;
          for (const matcher of ['exact', 'before-at'] as const) {
            const decision = decideHandle({ instanceId: 'a', mode: 'blocklist', rules, now: NOW }, handle, matcher);
            if (decision.is !== 'unknown' && decision.by) expect(older).not.toContain(decision.by.id);
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(behind).toBeGreaterThan(500);
  });

  it('names what a rule goes by', () => {
    expect(criterionOf(rule('1'))).toBe('handle');
    expect(criterionOf(rule('1', { platformUserId: null, phonePattern: '5511*' }))).toBe('phone');
    expect(criterionOf(rule('1', { platformUserId: null, personId: 'p' }))).toBe('person');
  });
});
