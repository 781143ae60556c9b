import { expect, test, vi } from 'vitest';
import { personsLookup } from '#lib/lookups/people.ts';
import { routeTargetsLookup } from '#lib/lookups/routes.ts';
import { ask, askLines, LookupFailed } from './ask.ts';

const never = () => new AbortController().signal;
const answers = (body: BodyInit, status = 200) => vi.stubGlobal('fetch', async () => new Response(body, { status }));
const failure = async (asked: Promise<unknown>) => {
  const error = await asked.catch((caught: unknown) => caught);
  return error instanceof LookupFailed ? [error.problem, error.status] : error;
};

test('ask: the answer, where it is one', async () => {
  answers('{"ids":["a"],"missed":{"chat":"nothing","user":"accents"}}');
  expect(await ask(routeTargetsLookup, { q: 'a' }, never())).toEqual({
    ids: ['a'],
    missed: { chat: 'nothing', user: 'accents' },
  });
});

test.each([
  ['a refusal with its code', '{"problem":"forbidden"}', 403, ['forbidden', 403]],
  ['a failure of Omni’s', '{"problem":"unavailable"}', 502, ['unavailable', 502]],
  ['a page of a proxy', '<html>', 502, ['unexpected', 502]],
  ['an answer of another version', '{"rows":[]}', 200, ['unexpected', null]],
])('ask: %s is a failure with a code', async (_what, body, status, expected) => {
  answers(body, status);
  expect(await failure(ask(routeTargetsLookup, { q: 'a' }, never()))).toEqual(expected);
});

test('ask: a lost connection is told as one, an abort is not', async () => {
  vi.stubGlobal('fetch', async (_path: string, { signal }: RequestInit) => {
    signal?.throwIfAborted();
    throw new TypeError('Failed to fetch');
  });
  expect(await failure(ask(routeTargetsLookup, { q: 'a' }, never()))).toEqual(['console_unreachable', null]);
  const aborted = await failure(ask(routeTargetsLookup, { q: 'a' }, AbortSignal.abort()));
  expect(aborted).toBeInstanceOf(DOMException);
});

test('askLines: each line as it comes; one that is none ends it', async () => {
  const line = '{"rows":[],"pending":true,"incomplete":false}';
  answers(`${line}\n${line}\n{"oops":1}\n`);
  const seen: unknown[] = [];
  const read = async () => {
    for await (const one of askLines(personsLookup, { q: 'a' }, never())) seen.push(one);
  };
  expect(await failure(read())).toEqual(['unexpected', null]);
  expect(seen).toHaveLength(2);
});
