import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routePatch } from '#lib/omni/schemas/routes.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { CONDITIONS, KINDS } from './override-kinds.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import { firstTyped, NEW_ROUTE, readRoute, readTyped, typedRoute, typedValue } from './typed-route.ts';

const word = fc.stringMatching(/^[a-zé ]{0,4}[a-zé]$/).map((text) => text.trim());
const conditions = fc.dictionary(fc.constantFrom(...CONDITIONS), fc.boolean(), { minKeys: 4, maxKeys: 4 });
const filter = fc
  .tuple(fc.constantFrom('all', 'filtered'), conditions, fc.array(word, { maxLength: 3 }))
  .map(([mode, held, names]) => ({
    mode,
    conditions: { ...held, ...(names.length > 0 ? { namePatterns: names } : {}) },
  }));

/** Values that Omni takes of an override, and some that it doesn't. */
function valueOf(field: Override): fc.Arbitrary<Json> {
  const kind = KINDS[field];
  if (kind.is === 'flag') return fc.boolean();
  if (kind.is === 'number') return fc.integer({ min: -2, max: 3_000_000_000 });
  if (kind.is === 'choice') return fc.constantFrom(...kind.of, 'per_thread');
  if (kind.is === 'text') return fc.string({ maxLength: 130 });
  if (kind.is === 'filter') return filter;
  return fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 });
}

describe('route editor: what is typed', () => {
  it.each(OVERRIDES)('%s: a value that Omni takes is typed and read back as it is; another is refused', (field) => {
    fc.assert(
      fc.property(valueOf(field), (value) => {
        const read = readTyped(field, typedValue(field, value));
        const taken = routePatch.safeParse({ [field]: value }).success;
        if ('value' in read) expect(read).toEqual({ value });
        if (!taken) expect(read).toHaveProperty('problem');
        else if ('problem' in read) expect(['required', 'no-condition']).toContain(read.problem);
      }),
    );
  });

  it.each([
    ['reactionAckEmoji', [['👀', '']], 'half'],
    ['reactionAckEmoji', [['', 'received']], 'half'],
    [
      'reactionAckEmoji',
      [
        ['👀', 'received'],
        ['✅', ' received '],
      ],
      'twice',
    ],
    ['reactionAckEmoji', [['', '']], 'no-emoji'],
    ['agentTimeout', 'soon', 'whole'],
    ['agentTimeout', '', 'whole'],
    ['agentTimeout', '0', 'least'],
    ['agentTimeout', '1.5', 'whole'],
    ['ackTimeoutMs', '2147483648', 'most'],
    ['agentGateModel', '  ', 'required'],
    ['agentGateModel', 'x'.repeat(121), 'long'],
    [
      'agentReplyFilter',
      { mode: 'filtered', conditions: { onDm: false, onMention: false, onReply: false, onNameMatch: false } },
      'no-condition',
    ],
  ] as const)('%s %j is refused at its field: %s', (field, typed, problem) => {
    expect(readTyped(field, typed as unknown as Json)).toEqual({ problem });
  });

  it('leaves out empty pairs and empty names', () => {
    expect(
      readTyped('reactionAckEmoji', [
        ['👀', ' received '],
        ['', ''],
      ]),
    ).toEqual({ value: { received: '👀' } });
    const conditions = { onDm: false, onMention: false, onReply: false, onNameMatch: true };
    const typed = { mode: 'filtered', conditions: { ...conditions, namePatterns: [' zé ', '', 'omni'] } };
    expect(readTyped('agentReplyFilter', typed)).toEqual({
      value: { mode: 'filtered', conditions: { ...conditions, namePatterns: ['zé', 'omni'] } },
    });
  });

  it('says nothing of a saved value that Omni would not take again, until it is changed', () => {
    const saved = { ...NEW_ROUTE, agentSessionStrategy: 'per_thread', agentGateModel: '', reactionAckEmoji: {} };
    const typed = typedRoute(saved);
    expect(readRoute(saved, typed)).toMatchObject({ changes: [], problems: {} });
    expect(readRoute(saved, { ...typed, agentGateModel: ' ' }).problems).toEqual({ agentGateModel: 'required' });
  });

  it('a field that can’t be sent is no change', () => {
    const saved = { ...NEW_ROUTE, agentTimeout: 45 };
    const typed = { ...typedRoute(saved), agentTimeout: '', label: 'VIP', priority: 'x' };
    expect(readRoute(saved, typed)).toMatchObject({
      changes: [{ field: 'label', from: null, to: 'VIP' }],
      problems: { agentTimeout: 'whole', priority: 'whole' },
    });
  });

  it.each(OVERRIDES)('%s: what Add override starts with is inherited, or is to be filled in', (field) => {
    const read = readTyped(field, firstTyped(field, null));
    if ('problem' in read) expect(['whole', 'required', 'no-emoji']).toContain(read.problem);
    else expect(routePatch.safeParse({ [field]: read.value }).success).toBe(true);
  });
});
