type ExpiryEvent = {
  id: string;
  /** ISO in UTC. */
  expiresAt: string;
  summary: string;
  /** The page where the key is rotated. */
  url: string;
  /** Milliseconds. */
  now: number;
};

const DAY_BEFORE = ['P7D', 'P1D'];
const MOST_BYTES = 75;

/** A key's expiry as a calendar file (RFC 5545): one event of no length, with alarms a week and a day before. */
export function expiryCalendar({ id, expiresAt, summary, url, now }: ExpiryEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Omni console//Keys//EN',
    'BEGIN:VEVENT',
    `UID:key-${id}@${new URL(url).hostname}`,
    `DTSTAMP:${compact(new Date(now).toISOString())}`,
    `DTSTART:${compact(expiresAt)}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(url)}`,
    `URL:${url}`,
    'TRANSP:TRANSPARENT',
    ...DAY_BEFORE.flatMap((before) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(summary)}`,
      `TRIGGER:-${before}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** `2026-12-31T23:59:00.000Z` as `20261231T235900Z`. */
function compact(iso: string): string {
  return `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r\n|\r|\n/g, String.raw`\n`);
}

/** A line of at most 75 bytes, what is longer goes on after a space; no character is split. */
function folded(line: string): string {
  const parts = [''];
  let bytes = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (bytes + size > MOST_BYTES) {
      parts.push(' ');
      bytes = 1;
    }
    parts.push((parts.pop() ?? '') + character);
    bytes += size;
  }
  return parts.join('\r\n');
}
