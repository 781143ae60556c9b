import { describe, expect, it } from 'vitest';
import { err, ok } from './result.ts';
import { ABSENT, firstFailed, LATE, mapSeen, notSeenValues, readSeen, seenOf, seenOr, valueOf } from './seen.ts';

const failed = (error: object) => seenOf(err({ requestId: 'r', ...error } as never));

describe('Seen', () => {
  it('takes only a refusal that names its scope for a missing permission', () => {
    expect(failed({ kind: 'forbidden', scope: 'agents:read' })).toEqual({ is: 'forbidden', scope: 'agents:read' });
    expect(failed({ kind: 'forbidden', lock: 'instanceAllowlist' }).is).toBe('failed');
    expect(failed({ kind: 'forbidden' }).is).toBe('failed');
    for (const kind of ['not_found', 'unauthorized', 'rate_limited', 'unavailable', 'bad_answer', 'unreachable'])
      expect(failed({ kind, status: 500, cause: 'timeout', reason: 'status', retryAfterMs: 1 }).is).toBe('failed');
  });

  it('does not ask without the scope, and asks where the scopes are unknown', async () => {
    const asked: string[] = [];
    const read = (name: string) => async () => {
      asked.push(name);
      return ok(name);
    };
    expect(await readSeen(['routes:read'], 'agents:read', read('a'))).toEqual({
      is: 'forbidden',
      scope: 'agents:read',
    });
    expect(await readSeen(null, 'agents:read', read('b'))).toEqual(valueOf('b'));
    expect(await readSeen(['agents:*'], 'agents:read', read('c'))).toEqual(valueOf('c'));
    expect(asked).toEqual(['b', 'c']);
  });

  it('says why, as the values of one sentence', () => {
    const values = (error: object) => {
      const seen = failed(error);
      return seen.is === 'value' ? null : notSeenValues(seen);
    };
    expect(values({ kind: 'unavailable', status: 503 })).toMatchObject({
      state: 'failed',
      reason: 'status',
      status: 503,
    });
    expect(values({ kind: 'bad_answer', reason: 'status', status: 500 })).toMatchObject({
      reason: 'status',
      status: 500,
    });
    expect(values({ kind: 'bad_answer', reason: 'shape', status: 200 })).toMatchObject({ reason: 'unreadable' });
    expect(values({ kind: 'unreachable', cause: 'refused' })).toMatchObject({ reason: 'unreachable' });
    expect(values({ kind: 'rate_limited', retryAfterMs: 1 })).toMatchObject({ reason: 'rate' });
    expect(values({ kind: 'forbidden', scope: 'a:b' })).toMatchObject({ state: 'forbidden', scope: 'a:b', reason: '' });
    expect(notSeenValues(LATE)).toMatchObject({ reason: 'timeout' });
    expect(notSeenValues({ is: 'beyond', limit: 200 })).toMatchObject({ state: 'beyond', limit: 200 });
    expect(notSeenValues(ABSENT)).toMatchObject({ state: 'absent' });
  });

  it('tells of a list that something failed, and not that a permission is missing', () => {
    const forbidden = { is: 'forbidden', scope: 'access:read' } as const;
    expect(firstFailed([undefined, forbidden, valueOf(1)])).toBeNull();
    expect(firstFailed([forbidden, LATE])).toEqual(LATE);
  });

  it('keeps what was not seen through a change, and lets something stand for it', () => {
    expect(mapSeen(valueOf(2), (two) => two + 1)).toEqual(valueOf(3));
    expect(mapSeen(ABSENT, () => 1)).toBe(ABSENT);
    expect([seenOr(valueOf(2), 0), seenOr(LATE, 0)]).toEqual([2, 0]);
  });
});
