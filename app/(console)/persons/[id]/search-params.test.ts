import { expect, test } from 'vitest';
import { timelineParams } from './search-params.ts';

test.each([
  [
    { channel: 'telegram', since: '2026-05-01', until: '2026-05-31' },
    { channel: 'telegram', since: '2026-05-01', until: '2026-05-31' },
  ],
  [{ channel: ['discord', 'x'] }, { channel: 'discord' }],
  [{ channel: 'a,b' }, {}],
  [{ channel: '' }, {}],
  [{ since: '2026-02-30' }, {}],
  [{ since: 'yesterday', until: '2026-05-31T00:00:00Z' }, {}],
  [{ at: 'x'.repeat(1201) }, {}],
])('%j of an address is read as %j', (raw, expected) => {
  expect(
    Object.fromEntries(Object.entries(timelineParams.parse(raw)).filter(([, value]) => value !== undefined)),
  ).toEqual(expected);
});
