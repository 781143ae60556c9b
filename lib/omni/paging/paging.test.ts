import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPage, pageQuery, readPosition, writePosition, type Position } from './paging.ts';

type Row = { id: string; createdAt: string; micros: number };

const id = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const iso = (ms: number) => new Date(Date.UTC(2026, 10, 1) + ms).toISOString();

/** Omni's list: microseconds in the column, milliseconds in the cursor, no tie-break (contract §1.6). */
function omni(rows: Row[], query: { limit: number; cursor?: string }) {
  const before = query.cursor ? Date.parse(query.cursor) * 1000 : Infinity;
  const all = rows.filter((row) => row.micros < before).sort((a, b) => b.micros - a.micros);
  return { items: all.slice(0, query.limit), hasMore: all.length > query.limit };
}

function walk(rows: Row[], size: number) {
  const seen: string[] = [];
  let position: Position | null = null;
  let unsure = false;
  for (let pages = 0; pages < 1000; pages += 1) {
    const query = pageQuery(position, size);
    const { items, hasMore } = omni(rows, query);
    const page: ReturnType<typeof cutPage<Row>> = cutPage(items, hasMore, position, size);
    seen.push(...page.rows.map((row) => row.id));
    unsure ||= page.unsure;
    if (!page.next) return { seen, unsure };
    position = readPosition(writePosition(page.next));
    expect(position).toEqual(page.next);
  }
  throw new Error('the walk does not end');
}

const make = (instants: number[]): Row[] => {
  const base = Date.UTC(2026, 10, 1) * 1000;
  return instants.map((micros, n) => ({ id: id(n), micros: base + micros, createdAt: iso(Math.floor(micros / 1000)) }));
};

describe('paging a list by time', () => {
  it('shows everybody once, however many share a millisecond (up to 80), whatever the page size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ ms: fc.integer({ min: 0, max: 60 }), many: fc.integer({ min: 1, max: 80 }) }), {
          maxLength: 8,
        }),
        fc.constantFrom(20, 50, 100),
        (clusters, size) => {
          const perMs = new Map<number, number>();
          for (const { ms, many } of clusters) perMs.set(ms, Math.min(80, (perMs.get(ms) ?? 0) + many));
          const rows = make(
            [...perMs].flatMap(([ms, many]) => Array.from({ length: many }, (_, n) => ms * 1000 + (n % 7))),
          );
          const { seen, unsure } = walk(rows, size);
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.length).toBe(rows.length);
          expect(unsure).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says when more than Omni can answer share one instant, and continues', () => {
    const rows = make([...Array.from({ length: 130 }, () => 5000), ...Array.from({ length: 10 }, (_, n) => n)]);
    const { seen, unsure } = walk(rows, 50);
    expect(unsure).toBe(true);
    expect(rows.slice(130).every((row) => seen.includes(row.id))).toBe(true);
  });

  it.each([
    '',
    'x',
    '2026-11-17T21:21:41.072Z',
    '2026-13-99T99:99:99.999Z~9b05156b',
    '~',
    `2026-11-17T21:21:41.072Z${'~9b05156b'.repeat(101)}`,
  ])('takes %j from the address for the first page', (text) => expect(readPosition(text)).toBeNull());
});
