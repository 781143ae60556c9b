import { describe, expect, test } from 'vitest';
import { endOfOverlap, isReplacedBy, newDescription, oldDescription, plainDescription } from './rotate-rules.ts';
import { ENDED, rotationState, silence, type KeyFact, type MintFact, type RotationState } from './rotation-state.ts';

const NOW = 1_000_000;
const MINTS: MintFact[] = ['none', 'running', 'stopped', 'failed', 'made', 'unfindable'];
const KEYS: KeyFact[] = [
  { is: 'active', end: null },
  { is: 'active', end: NOW + 1 },
  { is: 'active', end: NOW },
  { is: 'revoked', end: null },
  { is: 'gone' },
  { is: 'unseen' },
];
const both = [true, false];

const ALL = MINTS.flatMap((mint) =>
  KEYS.flatMap((old) =>
    [null, ...KEYS].flatMap((fresh) =>
      both.flatMap((acknowledged) =>
        both.map((linked) => {
          const facts = { mint, old, fresh, acknowledged, linked, now: NOW };
          return { facts, state: rotationState(facts) };
        }),
      ),
    ),
  ),
);

const livesNow = (key: KeyFact | null) => key?.is === 'active' && (key.end === null || key.end > NOW);
const of = (...states: RotationState[]) => ALL.filter(({ state }) => states.includes(state));

describe(`the state of a rotation, over all ${ALL.length} pictures of the world`, () => {
  test('every state can come, and every picture has one', () => {
    expect(ALL.length).toBe(1008);
    expect([...new Set(ALL.map(({ state }) => state))].toSorted()).toEqual([
      'broken',
      'cancelled',
      'done',
      'expired',
      'minting',
      'not-made',
      'overlap',
      'stopped',
      'stored',
      'unfindable',
      'unknown',
      'unstored',
    ]);
  });

  test('done only when the new key lives and the old one cannot come back', () => {
    for (const { facts } of of('done')) {
      expect(livesNow(facts.fresh)).toBe(true);
      expect(['revoked', 'gone']).toContain(facts.old.is);
    }
  });

  test('never done or expired while the old key lives; never cancelled while the new one does', () => {
    for (const { facts } of of('done', 'expired')) expect(livesNow(facts.old)).toBe(false);
    for (const { facts } of of('cancelled'))
      expect([livesNow(facts.fresh), livesNow(facts.old)]).toEqual([false, true]);
  });

  test('nobody is asked to end the old key before the new one is said to be stored', () => {
    for (const { facts } of of('stored', 'overlap')) {
      expect(facts.acknowledged).toBe(true);
      expect([livesNow(facts.old), livesNow(facts.fresh)]).toEqual([true, true]);
    }
    for (const { facts } of of('unstored')) expect(facts.acknowledged).toBe(false);
  });

  test('an overlap has an end on Omni’s side', () => {
    for (const { facts } of of('overlap')) expect(facts.old.is === 'active' && facts.old.end).not.toBeNull();
  });

  test('what could not be looked at is never taken for an end', () => {
    for (const { facts, state } of ALL) {
      if (facts.mint !== 'made') continue;
      if (facts.old.is === 'unseen' || facts.fresh?.is === 'unseen') expect(ENDED).not.toContain(state);
    }
  });

  test('without a new key the keys decide nothing', () => {
    for (const { facts, state } of ALL) {
      if (facts.mint === 'made') continue;
      expect(['not-made', 'minting', 'stopped', 'unfindable']).toContain(state);
    }
  });
});

test.each([
  [{ last: new Date(NOW - 300_000).toISOString(), sure: true }, true],
  [{ last: new Date(NOW - 299_999).toISOString(), sure: true }, false],
  [{ last: null, sure: true }, true],
  [{ last: null, sure: false }, null],
  [null, null],
])('silence of %j after five minutes: %s', (callers, silent) => {
  expect(silence(callers, 5, NOW).silent).toBe(silent);
});

test.each([
  ['now', null, NOW],
  ['15m', null, NOW + 900_000],
  ['7d', NOW + 1000, NOW + 1000],
  ['own', null, null],
  ['own', NOW + 5, NOW + 5],
] as const)('overlap %s of a key that ends at %s ends at %s', (overlap, own, end) => {
  expect(endOfOverlap(overlap, NOW, own)).toBe(end);
});

test('descriptions link both keys, and are plain again without the links', () => {
  const [id, other] = ['99999990-0000-4000-8000-000000000012', '99999990-0000-4000-8000-000000000013'];
  const old = { id, keyPrefix: 'DemoLeak', description: 'Campanha [de março]' } as Parameters<typeof newDescription>[0];
  const fresh = newDescription(old, '[console 7]');
  expect(fresh).toBe(`Campanha [de março] [replaces DemoLeak… ${id}] [console 7]`);
  const linked = oldDescription(old, { id: other, prefix: 'Abcdefgh' });
  expect(isReplacedBy({ description: linked }, other)).toBe(true);
  expect(isReplacedBy({ description: linked }, id)).toBe(false);
  expect([plainDescription(fresh), plainDescription(linked), plainDescription(null)]).toEqual([
    'Campanha [de março]',
    'Campanha [de março]',
    '',
  ]);
  expect(newDescription({ ...old, description: fresh }, '[console 8]')).toBe(
    `Campanha [de março] [replaces DemoLeak… ${id}] [console 8]`,
  );
});
