import { expect, test } from 'vitest';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import { lateCell } from './presence-cell.ts';

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
])('last seen is %s', (_, summary, expected) => {
  expect(lateCell(presence('Ana', summary)).seen).toBe(expected);
});

test('a name of spaces is none, channels are named once', () => {
  const cell = lateCell(presence('  ', { activeChannels: ['whatsapp-baileys', 'whatsapp-baileys', 'telegram'] }));
  expect([cell.name, cell.channels.length]).toEqual([null, 2]);
});
