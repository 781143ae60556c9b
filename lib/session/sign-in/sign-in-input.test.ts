import { describe, expect, test } from 'vitest';
import { signInInput } from './sign-in-input.ts';

import { KEY } from '#lib/session/testing/signing-in.ts';

describe('sign-in input', () => {
  const parse = (more: object) => signInInput.parse({ serverId: 'demo', key: KEY, ...more });

  test.each([
    [undefined, null],
    ['', null],
    ['   ', null],
    [' Ana Luíza ', 'Ana Luíza'],
    ['x'.repeat(300), 'x'.repeat(80)],
    [`${'x'.repeat(79)}🌻🌻`, `${'x'.repeat(79)}🌻`],
  ])('a name is cut to what a name can be (%#)', (typed, name) => {
    expect(parse({ yourName: typed }).yourName).toBe(name);
  });

  test('anything else is refused', () => {
    for (const raw of [
      null,
      'x',
      {},
      { serverId: 1, key: KEY },
      { serverId: 'demo' },
      { serverId: 'demo', key: ['x'] },
    ]) {
      expect(signInInput.safeParse(raw).success).toBe(false);
    }
  });
});
