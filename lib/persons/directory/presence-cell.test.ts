import { expect, test } from 'vitest';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import { presenceCell } from './presence-cell.ts';

const presence = (displayName: string | null, summary: Partial<Presence['summary']>) =>
  ({
    person: { id: 'p', displayName },
    summary: { activeChannels: [], totalMessages: 0, lastSeenAt: null, ...summary },
  }) as unknown as Presence;

const SEEN = '2026-06-01T00:00:00.000Z';

test.each([
  ['a time', { lastSeenAt: SEEN, totalMessages: 3 }, SEEN],
  ['a time without a message', { lastSeenAt: SEEN }, SEEN],
  ['never', {}, 'never'],
  ['unknown, which is not never', { totalMessages: 3 }, 'unknown'],
])('presence cell: last seen is %s', (_, summary, expected) => {
  expect(presenceCell(presence('Ana', summary), null).seen).toBe(expected);
});

test('presence cell: a name of spaces is none, channels are named once', () => {
  const cell = presenceCell(
    presence('  ', { activeChannels: ['whatsapp-baileys', 'whatsapp-baileys', 'telegram'] }),
    null,
  );
  expect([cell.name, cell.channels.length]).toEqual([null, 2]);
});
