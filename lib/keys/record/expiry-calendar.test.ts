import { expect, it } from 'vitest';
import { expiryCalendar } from './expiry-calendar.ts';

const event = {
  id: '99999990-0000-4000-8000-000000000001',
  expiresAt: '2026-12-31T23:59:00.000Z',
  url: 'https://console.example.com/keys/rotate?key=99999990-0000-4000-8000-000000000001',
  now: Date.parse('2026-11-05T10:00:00.500Z'),
};
const linesOf = (summary: string) => expiryCalendar({ ...event, summary }).split('\r\n');

it('expiryCalendar: the moment is in UTC, with alarms before it', () => {
  const lines = linesOf('API key “crm” expires');
  expect(lines).toContain('DTSTART:20261231T235900Z');
  expect(lines).toContain('DTSTAMP:20261105T100000Z');
  expect(lines).toContain('UID:key-99999990-0000-4000-8000-000000000001@console.example.com');
  expect(lines.filter((line) => line.startsWith('TRIGGER:'))).toEqual(['TRIGGER:-P7D', 'TRIGGER:-P1D']);
  expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR', '']);
});

it.each(['a; b, c\\d\nBEGIN:VEVENT', 'ã'.repeat(200), '👩‍👩‍👧‍👦'.repeat(40), 'x'.repeat(74), ''])(
  'expiryCalendar: a name can neither end its line nor make it too long, and is read back whole: %j',
  (summary) => {
    const text = expiryCalendar({ ...event, summary });
    const lines = text.split('\r\n');
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const unfolded = text.replaceAll('\r\n ', '').split('\r\n');
    expect(unfolded.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    const said = unfolded.find((line) => line.startsWith('SUMMARY:'))?.slice('SUMMARY:'.length) ?? '';
    expect(said.replaceAll(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one))).toBe(summary);
  },
);
