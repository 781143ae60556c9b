import { expect, test, vi } from 'vitest';
import * as z from '#lib/lookups/shape.ts';
import { ask, askLines } from './ask.ts';
import { noteProblem, typingRest } from './typing-rest.ts';

const lookup = { path: '/api/lookup/x', query: z.object({ q: z.string() }), answer: z.custom(() => true) } as never;
const never = new AbortController().signal;

test('typing rest: slower for a minute after Omni refused a call for coming too often', () => {
  noteProblem('unreachable', 1_000);
  expect(typingRest(1_000)).toBe(80);
  noteProblem('rate_limited', 1_000);
  expect([typingRest(1_000), typingRest(60_999), typingRest(61_000)]).toEqual([400, 400, 80]);
});

test.each([
  [
    'an answer',
    async () => {
      vi.stubGlobal('fetch', async () => Response.json({ problem: 'rate_limited' }, { status: 429 }));
      await ask(lookup, { q: 'a' }, never).catch(() => undefined);
    },
  ],
  [
    'a line',
    async () => {
      vi.stubGlobal('fetch', async () => new Response('{"problem":"rate_limited"}\n'));
      for await (const line of askLines(lookup, { q: 'a' }, never)) expect(line).toBeTruthy();
    },
  ],
])('typing rest: %s that says so is noted', async (_what, asked) => {
  vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ['Date'] });
  expect(typingRest()).toBe(80);
  await asked();
  expect(typingRest()).toBe(400);
  vi.useRealTimers();
  noteProblem('rate_limited', -60_000);
});
