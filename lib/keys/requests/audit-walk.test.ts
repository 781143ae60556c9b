import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { readPosition, writePosition, type Position } from '#lib/omni/paging/paging.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { pathKind, plotOf, total } from './audit-plot.ts';
import { searchRequests, newestCalls } from './audit-walk.ts';
import { callRows } from '#lib/keys/testing/calls.ts';

let keyId = '';

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeAll(async () => {
  [keyId = ''] = (await control.rows({ api_keys: [{ name: `auditada ${randomUUID()}` }] })).api_keys ?? [];
  await control.rows({ api_key_audit_logs: callRows(keyId, 1300, { together: 70 }) });
});

const omni = () =>
  readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, sandbox.keys.admin)));

async function walk(filter: Parameters<typeof searchRequests>[2], size: number) {
  const ids: string[] = [];
  const counts: (number | null)[] = [];
  let position: Position | null = null;
  for (let pages = 0; pages < 200; pages += 1) {
    const page: Awaited<ReturnType<typeof searchRequests>> = await searchRequests(
      omni(),
      keyId,
      filter,
      position,
      size,
    );
    if (!page.ok) throw new Error(page.error.kind);
    ids.push(...page.value.calls.map(({ id }) => id));
    counts.push(page.value.remaining);
    if (!page.value.next) return { ids, counts };
    position = readPosition(writePosition(page.value.next));
  }
  throw new Error('the walk does not end');
}

test('searchRequests: pages of requests that share one millisecond show each once, and count what is left', async () => {
  const { ids, counts } = await walk({}, 20);
  expect([ids.length, new Set(ids).size]).toEqual([1300, 1300]);
  expect(counts.slice(0, 4)).toEqual([1300, 1280, 1260, 1240]);
});

test('searchRequests: what Omni can’t filter by is found by searching further', async () => {
  const { ids } = await walk({ method: 'PATCH', ip: '198.51.100' }, 20);
  const wanted = await control.sql<{ id: string }>(
    "SELECT id FROM api_key_audit_logs WHERE api_key_id = ? AND method = 'PATCH' AND ip_address = '198.51.100.23'",
    [keyId],
  );
  expect(ids.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
  expect(ids.length).toBeGreaterThan(20);
});

test('plotOf counts the newest thousand requests, each once', async () => {
  const newest = await newestCalls(omni(), keyId, {}, 1000);
  if (!newest.ok) throw new Error(newest.error.kind);
  expect([newest.value.calls.length, newest.value.more]).toEqual([1000, true]);
  const plot = plotOf(newest.value.calls, 'UTC');
  expect(plot.bars.reduce((sum, bar) => sum + total(bar), 0)).toBe(1000);
  expect(plot.bars.length).toBeLessThanOrEqual(60);
  expect(plot.paths.map(({ path }) => path)).toContain('GET /persons/:id/presence');
  expect(plot.paths.reduce((sum, { count }) => sum + count, 0) + (plot.others?.count ?? 0)).toBe(1000);
});

test('plotOf: no request, and one', () => {
  expect(plotOf([], 'UTC').bars).toEqual([]);
  const call = {
    id: '1',
    method: 'GET',
    path: '/api/v2/persons',
    statusCode: 500,
    ipAddress: null,
    userAgent: null,
    responseTimeMs: null,
    timestamp: '2026-11-24T00:00:00.000Z',
  };
  expect(plotOf([call], 'UTC').bars.map(total)).toEqual([1]);
  expect(plotOf([call], 'UTC').bars[0]?.failed).toBe(1);
});

test('plotOf: bars are days in the reader’s zone', () => {
  const call = (timestamp: string) => ({
    id: timestamp,
    method: 'GET',
    path: '/api/v2/persons',
    statusCode: 200,
    ipAddress: null,
    userAgent: null,
    responseTimeMs: null,
    timestamp,
  });
  // São Paulo is three hours behind UTC: one call on its first of November, two on the second, one weeks later.
  const calls = ['2026-11-02T02:59:00Z', '2026-11-02T03:00:00Z', '2026-11-03T02:59:00Z', '2026-11-26T12:00:00Z'];
  const { bars, width } = plotOf(calls.map(call), 'America/Sao_Paulo');
  expect([width, new Date(bars[0]?.from ?? 0).toISOString()]).toEqual([86_400_000, '2026-11-01T03:00:00.000Z']);
  expect(bars.slice(0, 3).map(total)).toEqual([1, 2, 0]);
});

test.each([
  ['/api/v2/persons/9d3b1c0e-0000-4000-8000-000000000001/presence', '/persons/:id/presence'],
  ['/api/v2/items/12', '/items/:n'],
  ['/health', '/health'],
])('pathKind: %s counts as %s', (path, kind) => {
  expect(pathKind(path)).toBe(kind);
});
