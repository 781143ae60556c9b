import { describe, expect, it } from 'vitest';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { outcomeOfWrite } from './write-outcome.ts';

const of = (error: object) => outcomeOfWrite({ requestId: 'r', ...error } as OmniError);

describe('outcomeOfWrite', () => {
  it.each([
    ['refused by the door', { kind: 'invalid', issues: [], requestId: 'not-sent' }],
    ['without a connection', { kind: 'unreachable', cause: 'refused' }],
  ])('of a write %s: not sent, nothing to look at', (_, error) => {
    expect(of(error)).toMatchObject({ is: 'not_sent', lookAtMs: [] });
  });

  it('calls Omni’s own 400, 401 and 403 refused after one look, and though nothing can be read', () => {
    expect(of({ kind: 'invalid', issues: [] })).toMatchObject({ is: 'refused', lookAtMs: [0], blind: 'refused' });
    for (const kind of ['unauthorized', 'signature_required', 'forbidden']) {
      expect(of({ kind })).toMatchObject({ is: 'refused', lookAtMs: [0], absent: 'refused', blind: 'refused' });
    }
  });

  it.each([
    ['a redirect', { kind: 'bad_answer', status: 302, reason: 'redirect' }],
    ['a conflict', { kind: 'conflict' }],
    ['too many requests', { kind: 'rate_limited', retryAfterMs: 1 }],
    ['a gateway’s 401', { kind: 'unauthorized', foreign: true }],
    ['a gateway’s 403', { kind: 'bad_answer', status: 403, reason: 'not_json' }],
  ])('looks once before it calls %s refused, and never calls it so unseen', (_, error) => {
    expect(of(error)).toEqual({ is: 'echo', lookAtMs: [0], absent: 'refused', blind: 'unconfirmed' });
  });

  it.each([
    ['Omni’s', { kind: 'not_found' }],
    ['a gateway’s', { kind: 'bad_answer', status: 404, reason: 'not_json' }],
  ])('looks three times after %s 404', (_, error) => {
    expect(of(error)).toMatchObject({ is: 'echo', lookAtMs: [1000, 3000, 10_000], absent: 'refused' });
  });

  it('believes Omni that it failed once three looks show nothing, and nobody else', () => {
    expect(of({ kind: 'outcome_unknown', cause: 'own_failure', status: 500 })).toMatchObject({
      is: 'over',
      absent: 'refused',
      blind: 'unconfirmed',
    });
    for (const cause of ['timeout', 'reset', 'bad_answer', 'server_error']) {
      expect(of({ kind: 'outcome_unknown', cause })).toMatchObject({ is: 'unanswered', absent: 'unconfirmed' });
    }
  });
});
