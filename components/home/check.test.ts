import { expect, test } from 'vitest';
import { byUrgency, needsReading, verdictOf, type CheckId, type CheckResult, type Known } from './check.ts';

const found = (urgency: 'danger' | 'warn' | 'info', unsure?: string): CheckResult => ({
  is: 'found',
  urgency,
  body: null,
  ...(unsure ? { unsure } : {}),
});
const failed = (grave = false): CheckResult => ({ is: 'failed', trouble: { code: 'unavailable' }, grave });
const all = (results: Partial<Record<CheckId, CheckResult>>): Known[] =>
  Object.entries(results).map(([id, result]) => ({ id: id as CheckId, result }));

test('most urgent first; what failed stands before what can wait, and equals keep their order', () => {
  const known = all({
    rotations: found('info'),
    routes: found('warn'),
    probes: failed(),
    keys: found('warn'),
    changes: found('danger'),
    server: failed(true),
  });
  expect(known.toSorted(byUrgency).map(({ id }) => id)).toEqual([
    'server',
    'changes',
    'keys',
    'routes',
    'probes',
    'rotations',
  ]);
  expect(known.every(needsReading)).toBe(true);
});

test('the sentence names what needs somebody in the order it stands in', () => {
  const { needs } = verdictOf(all({ rotations: found('info'), keys: found('warn'), server: failed(true) }));
  expect(needs).toEqual(['server', 'keys', 'rotations']);
});

test('what nobody knows is never well', () => {
  const well: CheckResult = { is: 'well', says: '' };
  expect(verdictOf(all({ server: well, keys: { is: 'unknown', says: '' }, routes: failed() }))).toMatchObject({
    needs: [],
    unknown: ['keys', 'routes'],
    seen: ['server'],
    limited: false,
  });
  expect(verdictOf(all({ server: failed(true), routes: found('info', 'one was not read') }))).toMatchObject({
    needs: ['server', 'routes'],
    unknown: ['routes'],
    grave: true,
  });
});

test.each<[CheckResult, boolean]>([
  [{ is: 'well', says: '' }, false],
  [{ is: 'well', says: '', limited: true }, true],
  [{ is: 'forbidden', scope: 'keys:read' }, true],
])('%j limits what the key sees: %s', (result, limited) => {
  expect(verdictOf(all({ keys: result }))).toMatchObject({ needs: [], unknown: [], limited, grave: false });
});
