import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sessionLimits, sessionState } from './session-state.ts';

const limits = { idleMs: 100, maxMs: 1000 };
const row = (createdAt: number, lastSeenAt: number, endedAt: number | null = null) => ({
  createdAt,
  lastSeenAt,
  endedAt,
});

test.each([
  ['just begun', row(0, 0), 0, 'live'],
  ['a moment before idle', row(0, 0), 99, 'live'],
  ['idle to the millisecond', row(0, 0), 100, 'idle'],
  ['seen again', row(0, 500), 599, 'live'],
  ['a moment before the end', row(0, 999), 999, 'live'],
  ['over to the millisecond, though seen just now', row(0, 1000), 1000, 'expired'],
  ['over and idle', row(0, 0), 5000, 'expired'],
  ['ended and otherwise live', row(0, 0, 0), 0, 'ended'],
  ['ended, over and idle', row(0, 0, 50), 5000, 'ended'],
  ['a clock that was set back', row(1000, 1000), 0, 'live'],
])('session state: %s', (_name, session, now, state) => {
  expect(sessionState(session, now, limits)).toBe(state);
});

test('session state: an ended session never becomes live again', () => {
  const order = ['live', 'idle', 'expired', 'ended'];
  const time = fc.nat({ max: 3000 });
  fc.assert(
    fc.property(time, time, time, time, (createdAt, seen, now, later) => {
      const session = row(createdAt, createdAt + seen);
      const first = sessionState(session, now, limits);
      const second = sessionState(session, now + later, limits);
      expect(order.indexOf(second)).toBeGreaterThanOrEqual(order.indexOf(first));
    }),
  );
});

test('session limits: are minutes in the configuration', () => {
  expect(sessionLimits({ SESSION_IDLE_MINUTES: 120, SESSION_MAX_MINUTES: 720 } as never)).toEqual({
    idleMs: 7_200_000,
    maxMs: 43_200_000,
  });
});
