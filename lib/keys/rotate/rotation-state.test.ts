import { describe, expect, test } from 'vitest';
import { LATE, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { expiryAfterOverlap, isReplacedBy, newDescription, oldDescription, plainDescription } from './rotate-rules.ts';
import {
  cancelledKeys,
  FINAL_STATES,
  quietFor,
  settledOf,
  shownState,
  stateOf,
  type NewKeyState,
  type RotationKey,
  type RotationRow,
  type RotationState,
} from './rotation-state.ts';

const NOW = 1_000_000;
const NEW_KEYS: NewKeyState[] = ['none', 'running', 'stopped', 'failed', 'created', 'unfindable'];
const KEYS: Seen<RotationKey>[] = [
  valueOf({ is: 'active', expiresAt: null }),
  valueOf({ is: 'active', expiresAt: NOW + 1 }),
  valueOf({ is: 'active', expiresAt: NOW }),
  valueOf({ is: 'revoked', expiresAt: null }),
  valueOf({ is: 'gone' }),
  LATE,
  { is: 'forbidden', scope: 'keys:read' },
];
const both = [true, false];

const ALL = NEW_KEYS.flatMap((newKey) =>
  KEYS.flatMap((old) =>
    [null, ...KEYS].flatMap((fresh) =>
      both.flatMap((acknowledged) =>
        both.map((linked) => {
          const facts = { newKey, old, fresh, acknowledged, linked, now: NOW };
          return { facts, state: stateOf(facts) };
        }),
      ),
    ),
  ),
);

const keyOf = (key: Seen<RotationKey> | null) => (key === null ? null : seenOr(key, null));
const worksNow = (seen: Seen<RotationKey> | null) => {
  const key = keyOf(seen);
  return key?.is === 'active' && (key.expiresAt === null || key.expiresAt > NOW);
};
const of = (...states: RotationState[]) => ALL.filter(({ state }) => states.includes(state));

describe(`stateOf, over all ${ALL.length} combinations of facts`, () => {
  test('every state can occur, and all facts have one', () => {
    expect(ALL.length).toBe(6 * 7 * 8 * 4);
    expect([...new Set(ALL.map(({ state }) => state))].toSorted()).toEqual([
      'broken',
      'cancelled',
      'creating',
      'done',
      'expired',
      'not-created',
      'overlap',
      'stopped',
      'stored',
      'unfindable',
      'unknown',
      'unstored',
    ]);
  });

  test('done only when the new key works and the old one can’t be restored', () => {
    for (const { facts } of of('done')) {
      expect(worksNow(facts.fresh)).toBe(true);
      expect(['revoked', 'gone']).toContain(keyOf(facts.old)?.is);
    }
  });

  test('never done or expired while the old key works; never cancelled while the new one does', () => {
    for (const { facts } of of('done', 'expired')) expect(worksNow(facts.old)).toBe(false);
    for (const { facts } of of('cancelled'))
      expect([worksNow(facts.fresh), worksNow(facts.old)]).toEqual([false, true]);
  });

  test('the old key can’t be expired before the new one is confirmed as stored', () => {
    for (const { facts } of of('stored', 'overlap')) {
      expect(facts.acknowledged).toBe(true);
      expect([worksNow(facts.old), worksNow(facts.fresh)]).toEqual([true, true]);
    }
    for (const { facts } of of('unstored')) expect(facts.acknowledged).toBe(false);
  });

  test('a new key that works and that nobody said is stored ends nothing, whatever became of the old one', () => {
    const read = (facts: (typeof ALL)[number]['facts']) => keyOf(facts.old) !== null && worksNow(facts.fresh);
    const waiting = ALL.filter(({ facts }) => facts.newKey === 'created' && !facts.acknowledged && read(facts));
    expect(waiting.length).toBeGreaterThan(10);
    for (const { state } of waiting) expect(state).toBe('unstored');
    for (const { facts } of of('done', 'expired')) expect(facts.acknowledged).toBe(true);
  });

  test('a cancelled rotation says of each key what became of it', () => {
    const said = of('cancelled').map(({ facts }) => cancelledKeys(facts));
    expect([...new Set(said.map(({ fresh }) => fresh))].toSorted()).toEqual(['expired', 'gone', 'revoked']);
    for (const { facts } of of('cancelled')) {
      const expires = keyOf(facts.old);
      const linked = facts.linked && expires?.is === 'active' && expires.expiresAt !== null;
      expect(cancelledKeys(facts).old).toBe(linked ? 'linked' : 'works');
    }
  });

  test('in an overlap the old key has an expiry in Omni', () => {
    for (const { facts } of of('overlap')) expect(keyOf(facts.old)).toMatchObject({ expiresAt: expect.any(Number) });
  });

  test('a key that couldn’t be read never leads to a final state', () => {
    for (const { facts, state } of ALL) {
      if (facts.newKey !== 'created') continue;
      if (keyOf(facts.old) === null || (facts.fresh && keyOf(facts.fresh) === null)) expect(state).toBe('unknown');
    }
  });

  test('without a new key the keys decide nothing', () => {
    for (const { facts, state } of ALL) {
      if (facts.newKey === 'created') continue;
      expect(['not-created', 'creating', 'stopped', 'unfindable']).toContain(state);
    }
  });
});

test('shownState: what a rotation ended as is told for ever, whatever is done with its keys later', () => {
  for (const { state } of ALL) {
    for (const closedAs of ['done', 'cancelled'] as const) expect(shownState({ closedAs }, state)).toBe(closedAs);
    expect(shownState({ closedAs: 'kept-both' }, state)).toBe('unknown');
    for (const closedAs of [null, 'broken', 'not-created', 'given-up'])
      expect(shownState({ closedAs }, state)).toBe(state);
  }
});

describe('settledOf, what a rotation’s row lacks and can’t change any more', () => {
  const row = { newKeyId: null, oldExpiresAt: null, createdAt: NOW, closedAt: null } as RotationRow;
  const facts = { state: 'stored', created: undefined, begun: true, oldExpiresAt: null, storedNow: NOW } as const;

  test('is nothing while it can change', () => {
    for (const state of [
      'creating',
      'stopped',
      'unfindable',
      'unstored',
      'stored',
      'overlap',
      'expired',
      'unknown',
    ] as const)
      expect(settledOf(row, { ...facts, state })).toEqual({});
  });

  test('is its end, once', () => {
    for (const state of FINAL_STATES) {
      expect(settledOf(row, { ...facts, state })).toEqual({ closesAs: state });
      expect(settledOf({ ...row, closedAt: NOW }, { ...facts, state, oldExpiresAt: 7 })).toEqual({});
    }
  });

  test('is no end while the run that creates the key may be about to begin', () => {
    const begins = { ...facts, state: 'not-created', begun: false } as const;
    expect(settledOf(row, { ...begins, storedNow: NOW + 59_999 })).toEqual({});
    expect(settledOf(row, { ...begins, storedNow: NOW + 60_000 })).toEqual({ closesAs: 'not-created' });
  });

  test('is the key that was created, and when the old one expires without the rotation', () => {
    expect(settledOf(row, { ...facts, created: 'k', oldExpiresAt: 7 })).toEqual({ created: 'k', oldExpiresAt: 7 });
    expect(settledOf({ ...row, newKeyId: 'k', oldExpiresAt: 7 }, { ...facts, created: 'k', oldExpiresAt: 7 })).toEqual(
      {},
    );
  });
});

test.each([
  [{ last: new Date(NOW - 300_000).toISOString(), since: null }, true],
  [{ last: new Date(NOW - 299_999).toISOString(), since: null }, false],
  [{ last: null, since: null }, true],
  [{ last: null, since: new Date(NOW - 299_999).toISOString() }, null],
  [{ last: null, since: new Date(NOW - 300_000).toISOString() }, true],
  [null, null],
])('quietFor: %j after five minutes: %s', (integrations, quiet) => {
  expect(quietFor(integrations, 5, NOW).quiet).toBe(quiet);
});

test.each([
  ['now', null, NOW],
  ['15m', null, NOW + 900_000],
  ['7d', NOW + 1000, NOW + 1000],
  ['own', null, null],
  ['own', NOW + 5, NOW + 5],
] as const)('expiryAfterOverlap: overlap %s of a key that expires at %s expires at %s', (overlap, own, end) => {
  expect(expiryAfterOverlap(overlap, NOW, own)).toBe(end);
});

test('newDescription and oldDescription link both keys; plainDescription removes the links', () => {
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
