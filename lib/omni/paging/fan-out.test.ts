import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { noteBudget, takeFromBudget } from './budget.ts';
import { fanOut } from './fan-out.ts';
import { credentialFor, sendJson, startServer } from '#lib/omni/testing/fixture-server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { err, ok } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';

let port = 1;
/** A handle with a budget of its own. */
function handle(): Omni {
  port += 1;
  return omniAs(credentialFor(`http://127.0.0.1:${port}`));
}

function setBudget(omni: Omni, remaining: number, resetInMs: number, limit = 1000): void {
  const reset = String((Date.now() + resetInMs) / 1000);
  const headers = { limit: String(limit), remaining: String(remaining), reset };
  const entries = Object.entries(headers).map(([name, value]) => [`x-ratelimit-${name}`, value]);
  noteBudget(omni.server, omni.keyRef, Object.fromEntries(entries) as Record<string, string>);
}

test('fanOut: answers come in the order of the items, never more at once than `concurrency`', async () => {
  let now = 0;
  let most = 0;
  const items = Array.from({ length: 40 }, (_, index) => index);
  const results = await fanOut(handle(), items, { concurrency: 4 }, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await sleep((item * 7) % 5);
    now -= 1;
    return item === 13 ? err({ kind: 'unauthorized', requestId: 'r' }) : ok(item * 2);
  });
  expect(most).toBe(4);
  expect(results.map(({ item }) => item)).toEqual(items);
  expect(results[13]).toEqual({ item: 13, state: 'failed', error: { kind: 'unauthorized', requestId: 'r' } });
  expect(results.filter(({ state }) => state === 'ok')).toHaveLength(39);
});

test('fanOut: no items, no calls', async () => {
  const call = vi.fn();
  expect(await fanOut(handle(), [], { concurrency: 4 }, call)).toEqual([]);
  expect(call).not.toHaveBeenCalled();
});

test('fanOut: the last 30 % of a budget are left for clicks, and the wait is reported', async () => {
  const omni = handle();
  setBudget(omni, 305, 500);
  const waits: number[] = [];
  const before: number[] = [];
  const results = await fanOut(
    omni,
    [1, 2, 3, 4, 5, 6, 7, 8],
    { concurrency: 1, onWait: (ms) => waits.push(ms) },
    async (item) => {
      if (waits.length === 0) before.push(item);
      return ok(item);
    },
  );
  expect(before).toHaveLength(5);
  expect(waits.length).toBeGreaterThan(0);
  for (const ms of waits) expect(ms).toBeLessThanOrEqual(500);
  expect(results.every(({ state }) => state === 'ok')).toBe(true);
});

test('fanOut: an unknown budget doesn’t wait, another key’s neither', () => {
  const [poor, rich] = [handle(), handle()];
  setBudget(poor, 0, 50_000);
  expect(takeFromBudget(poor)).toBeGreaterThan(0);
  expect(takeFromBudget(rich)).toBe(0);
});

test('fanOut: a clock that is far off can’t stop a fan-out for more than a window', () => {
  const omni = handle();
  setBudget(omni, 0, 3_600_000);
  expect(takeFromBudget(omni)).toBeLessThanOrEqual(60_000);
});

test('fanOut: the door reads the budget from Omni’s answers', async () => {
  const reset = String(Math.floor(Date.now() / 1000) + 40);
  const server = await startServer((response) =>
    sendJson(
      response,
      200,
      { items: [] },
      { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '300', 'x-ratelimit-reset': reset },
    ),
  );
  const omni = omniAs(credentialFor(server.url));
  expect(takeFromBudget(omni)).toBe(0);
  await listRoutes(omni, 'dddddd01-0000-4000-8000-000000000001');
  expect(takeFromBudget(omni)).toBeGreaterThan(30_000);
  expect(takeFromBudget(readingFresh(omni))).toBeGreaterThan(30_000);
  await server.stop();
});

test('fanOut: what isn’t there by the deadline is late, and its calls are cut', async () => {
  const cut: number[] = [];
  const late: number[][] = [];
  const options = { concurrency: 2, deadlineMs: 60, onLate: (items: number[]) => late.push(items) };
  const results = await fanOut(handle(), [1, 2, 3, 4], options, async (item, signal) => {
    if (item === 1) return ok('quick');
    await sleep(5000, undefined, { signal }).catch(() => cut.push(item));
    return err({ kind: 'unreachable', cause: 'aborted', requestId: 'r' });
  });
  expect(results.map(({ state }) => state)).toEqual(['ok', 'late', 'late', 'late']);
  expect(late).toEqual([[2, 3, 4]]);
  expect(cut.toSorted()).toEqual([2, 3]);
});

test('fanOut: an aborted signal stops the rest', async () => {
  const leaving = new AbortController();
  const results = await fanOut(handle(), [1, 2, 3], { concurrency: 1, signal: leaving.signal }, async (item) => {
    if (item === 2) leaving.abort();
    return ok(item);
  });
  expect(results.map(({ state }) => state)).toEqual(['ok', 'ok', 'late']);
});

test('fanOut: a bug in one call ends the others', async () => {
  const started: number[] = [];
  const fanned = fanOut(handle(), [1, 2, 3, 4, 5, 6], { concurrency: 2 }, async (item) => {
    started.push(item);
    if (item === 1) throw new Error('a bug');
    await sleep(10);
    return ok(item);
  });
  await expect(fanned).rejects.toThrow('a bug');
  await sleep(30);
  expect(started).toEqual([1, 2]);
});
