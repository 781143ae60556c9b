import { expect, test } from 'vitest';
import { LATE, valueOf } from '#lib/omni/seen.ts';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import { personPresence, presenceCell } from './presence-cell.ts';

const UNREAD = { is: 'not-seen', part: 'access-rules', seen: LATE } as const;

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
  expect(personPresence(presence('Ana', summary)).seen).toBe(expected);
});

test('presence cell: a name of spaces is none, channels are named once', () => {
  const cell = personPresence(presence('  ', { activeChannels: ['whatsapp-baileys', 'whatsapp-baileys', 'telegram'] }));
  expect([cell.name, cell.channels.length]).toEqual([null, 2]);
});

test('presence cell: that access rules were not read is no “not blocked”', () => {
  const ana = { ...presence('Ana', {}), identities: [] };
  const read = { rules: [], instances: [], matchers: ['exact'], now: 0 } as const;
  expect(presenceCell(ana, UNREAD).blocked).toEqual(LATE);
  expect(presenceCell(ana, { is: 'read', read }).blocked).toEqual(valueOf({ names: [], all: false }));
});
