import { expect, it } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { callRows } from '#lib/keys/testing/calls.ts';
import { weekEdges, weekOfKey } from './week.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-11-05T15:00:00.000Z');

const { sandbox, control } = await ownSandbox({ persons: 50 });

async function weekOf(count: number, every: number, timeZone = 'America/Sao_Paulo') {
  const [id = ''] = (await control.rows({ api_keys: [{ name: 'semana' }] })).api_keys ?? [];
  await control.rows({ api_key_audit_logs: callRows(id, count, { newest: now - 1000, every }) });
  await control.clearCalls();
  const omni = readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, sandbox.keys.admin)));
  const week = await weekOfKey(omni, id, { now, timeZone, signal: new AbortController().signal });
  if (!week.ok) throw new Error(week.error.kind);
  const rows = await control.sql<{ at: number }>(
    'SELECT timestamp / 1000 AS at FROM api_key_audit_logs WHERE api_key_id = ?',
    [id],
  );
  const edges = weekEdges(now, timeZone);
  const counted = edges
    .slice(0, 7)
    .map((from, day) => rows.filter(({ at }) => at >= from && at < (edges[day + 1] ?? 0)).length);
  return { week: week.value, counted, calls: (await control.calls()).items.length };
}

it.each([
  ['none', 0, HOUR, 1],
  ['100, in one question', 100, HOUR, 1],
  ['101, a question for each day but the first', 101, HOUR, 7],
  ['2,000 in two days', 2000, 80_000, 7],
  ['older ones too', 400, HOUR, 7],
])('weekOfKey: %s', async (_, count, every, most) => {
  const { week, counted, calls } = await weekOf(count, every);
  expect(week).toEqual({ total: counted.reduce((sum, day) => sum + day, 0), days: counted });
  expect(calls).toBe(most);
});

it.each(['America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'UTC'])(
  'weekEdges: seven days and the end of today in %s, also where the clocks change',
  (zone) => {
    for (const moment of [
      '2026-11-02T04:30:00Z',
      '2027-03-15T03:00:00Z',
      '2026-10-26T00:30:00Z',
      '2027-04-05T10:00:00Z',
    ]) {
      const edges = weekEdges(Date.parse(moment), zone);
      expect(edges).toHaveLength(8);
      expect(edges[6]).toBeLessThanOrEqual(Date.parse(moment));
      expect(edges[7]).toBeGreaterThan(Date.parse(moment));
      for (const [day, edge] of edges.slice(1).entries())
        expect([23, 24, 25]).toContain((edge - (edges[day] ?? 0)) / HOUR);
    }
  },
);
