import fc from 'fast-check';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
import { expect, test } from 'vitest';
import { isRouterState } from './router-state.ts';

function nextReads(header: string): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

const sent = (state: unknown) => encodeURIComponent(JSON.stringify(state));

test.each([
  ['a page', sent(['', { children: ['(console)', { children: ['persons', { children: ['__PAGE__', {}] }] }] }]), true],
  [
    'a page with an id',
    sent(['', { children: [['id', 'x', 'd', null], { children: ['__PAGE__?{"q":"é"}', {}, null, 'refetch'] }] }]),
    true,
  ],
  ['a root', sent(['', {}, null, null, 16]), true],
  ['a list of parts', sent(['', [['a', []]]]), true],
  ['no JSON', '%7Bbad', false],
  ['what cannot be decoded', '%', false],
  ['null', 'null', false],
  ['a text', '%22x%22', false],
  ['an array of an array', sent([[]]), false],
  ['too many parts', sent(['', {}, null, null, 1, 'x', 1]), false],
  ['another kind of segment', sent([['id', 'x', 'zz', null], {}]), false],
  ['a deep one', `${'["",{"a":'.repeat(2500)}1`, false],
  ['a long one', sent(['x'.repeat(40_001), {}]), false],
  ['two headers', `${sent(['', {}])}, ${sent(['', {}])}`, false],
])('router state: %s is read: %s', (_what, header, read) => {
  expect([isRouterState(header), nextReads(header)]).toEqual([read, read]);
});

test('router state: what Next reads is read, and nothing else', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constant(null),
    fc.integer(),
    fc.constantFrom('refetch', 'd', 'oc'),
  );
  const name = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.tuple(part, part, fc.constantFrom('d', 'oc', 'x'), fc.constant(null)),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(name, fc.constant({})),
      fc.tuple(name, fc.dictionary(fc.constantFrom('children', 'modal'), tie('tree'), { maxKeys: 2 })),
      fc.tuple(name, fc.constant({}), part, part, part),
      fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as unknown),
    ),
  }));
  let read = 0;
  fc.assert(
    fc.property(tree, (state) => {
      const header = sent(state);
      read += Number(nextReads(header));
      expect(isRouterState(header)).toBe(nextReads(header));
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(200);
});
