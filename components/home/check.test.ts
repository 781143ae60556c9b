import { expect, test } from 'vitest';
import { isFinding, rankOf, summarize, type CheckId, type CheckResult, type FinishedCheck } from './check.ts';

const found = (urgency: 'danger' | 'warn' | 'info', unsure?: string): CheckResult => ({
  is: 'found',
  urgency,
  body: null,
  ...(unsure ? { unsure } : {}),
});
const failed = (grave = false): CheckResult => ({ is: 'failed', problem: { code: 'unavailable' }, grave });
const all = (results: Partial<Record<CheckId, CheckResult>>): FinishedCheck[] =>
  Object.entries(results).map(([id, result]) => ({ id: id as CheckId, result }));

test('home checks: most urgent first; a failed check stands before what can wait, and equals keep their order', () => {
  const known = all({
    rotations: found('info'),
    routes: found('warn'),
    tests: failed(),
    keys: found('warn'),
    changes: found('danger'),
    server: failed(true),
  });
  expect(known.toSorted((one, other) => rankOf(one) - rankOf(other)).map(({ id }) => id)).toEqual([
    'server',
    'changes',
    'keys',
    'routes',
    'tests',
    'rotations',
  ]);
  expect(known.every(isFinding)).toBe(true);
});

test('home summary: names what needs attention in the order it is listed', () => {
  const { needs } = summarize(all({ rotations: found('info'), keys: found('warn'), server: failed(true) }));
  expect(needs).toEqual(['server', 'keys', 'rotations']);
});

test('home summary: an unknown result is never counted as well', () => {
  const well: CheckResult = { is: 'well', says: '' };
  expect(summarize(all({ server: well, keys: { is: 'unknown', says: '' }, routes: failed() }))).toMatchObject({
    needs: [],
    unknown: ['keys', 'routes'],
    limited: false,
  });
  expect(summarize(all({ server: failed(true), routes: found('info', 'one was not read') }))).toMatchObject({
    needs: ['server', 'routes'],
    unknown: ['routes'],
    grave: true,
  });
});

test.each<[CheckResult, boolean]>([
  [{ is: 'well', says: '' }, false],
  [{ is: 'well', says: '', limited: true }, true],
  [{ is: 'forbidden', scope: 'keys:read' }, true],
])('home summary: %j limits what the key can read: %s', (result, limited) => {
  expect(summarize(all({ keys: result }))).toMatchObject({ needs: [], unknown: [], limited, grave: false });
});
