import { describe, expect, it } from 'vitest';
import type { Integration } from '#lib/keys/requests/callers.ts';
import { sourcesOf } from './switched.ts';

const program = (more: Partial<Integration> = {}): Integration => ({
  ip: '203.0.113.9',
  userAgent: 'crm/1.0',
  session: null,
  requests: 3,
  refused: 0,
  last: '2026-07-01T12:00:00.000Z',
  path: '/persons',
  ...more,
});
const session = (name: string, more: Partial<Integration> = {}) =>
  program({ userAgent: 'omni-console/1.0', session: name, ...more });
const use = (...integrations: Integration[]) => ({ integrations });
const told = (all: ReturnType<typeof sourcesOf>) =>
  all.map(({ userAgent, session: name, old, fresh, signedIn }) => [
    name ?? userAgent,
    old?.requests ?? null,
    fresh?.requests ?? null,
    signedIn,
  ]);

describe('/keys/rotate: what has to be switched', () => {
  it('a program is one source on both keys, told apart by address and User-Agent', () => {
    const all = sourcesOf(
      use(program(), program({ ip: '203.0.113.4', requests: 9 })),
      use(program({ requests: 2 }), program({ userAgent: 'n8n', requests: 1 })),
      [],
    );
    expect(told(all)).toEqual([
      ['crm/1.0', 3, 2, false],
      ['crm/1.0', 9, null, false],
      ['n8n', null, 1, false],
    ]);
  });

  it('who is signed in with the old key comes first, with or without requests, and once', () => {
    const all = sourcesOf(use(program(), session('Rui', { requests: 7 })), null, ['Bia', 'Rui']);
    expect(told(all)).toEqual([
      ['Bia', null, null, true],
      ['Rui', 7, null, true],
      ['crm/1.0', 3, null, false],
    ]);
  });

  it('two sessions of one name stay two, on each key', () => {
    const all = sourcesOf(
      use(session('Rui', { requests: 7 }), session('Rui', { requests: 1 })),
      use(session('Rui', { requests: 4 })),
      ['Rui'],
    );
    expect(told(all)).toEqual([
      ['Rui', 7, 4, true],
      ['Rui', 1, null, false],
    ]);
  });

  it('a program that says it is a session of the console stays a program', () => {
    const all = sourcesOf(use(program({ ip: 'session', userAgent: 'Rui' })), null, ['Rui']);
    expect(told(all)).toEqual([
      ['Rui', null, null, true],
      ['Rui', 3, null, false],
    ]);
  });

  it('without any use there is none', () => {
    expect(sourcesOf(null, null, [])).toEqual([]);
  });
});
