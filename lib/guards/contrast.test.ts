import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contrast, tokensOf, type Tokens } from './contrast.ts';
import { ROOT, sources } from './source.ts';

const css = readFileSync(join(ROOT, 'app', 'globals.css'), 'utf8');
const light = tokensOf(css, '\n:root');
const darkByChoice = tokensOf(css, ":root[data-theme='dark']");
const darkBySystem = tokensOf(css, ":root:not([data-theme='light'])");
const dark: Tokens = new Map([...light, ...darkByChoice]);

const GROUNDS = ['bg', 'surface', 'inset', 'hover'];
const TONES = ['stays', 'goes', 'danger', 'warn', 'good', 'info'];
const SOFTS = ['accent-soft', ...TONES.map((tone) => `${tone}-soft`)];

/** What is written on what; 4.5 : 1 (WCAG 1.4.3). */
const TEXTS: readonly (readonly [ink: string, ground: string])[] = [
  ...['text', 'muted'].flatMap((ink) => [...GROUNDS, ...SOFTS].map((ground) => [ink, ground] as const)),
  ...[...GROUNDS, 'accent-soft'].map((ground) => ['accent-text', ground] as const),
  ...TONES.flatMap((ink) => [...GROUNDS, `${ink}-soft`].map((ground) => [ink, ground] as const)),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger-solid'],
];

/** Borders that say where a control is, and the ring of the focus; 3 : 1 (WCAG 1.4.11). */
const EDGES: readonly (readonly [edge: string, ground: string])[] = [
  ['edge', 'surface'],
  ['edge', 'bg'],
  ['danger', 'surface'],
  ...GROUNDS.map((ground) => ['accent-text', ground] as const),
];

function tooFaint(tokens: Tokens, pairs: readonly (readonly [string, string])[], wanted: number): string[] {
  return pairs.flatMap(([ink, ground]) => {
    const [one, other] = [tokens.get(ink), tokens.get(ground)];
    if (!one || !other) return [`${ink} or ${ground} is no token`];
    const ratio = contrast(one, other);
    return ratio < wanted ? [`${ink} on ${ground} is ${ratio.toFixed(2)}, wanted ${wanted}`] : [];
  });
}

test.each([
  ['light', light],
  ['dark', dark],
])('%s: every text is 4.5 : 1 on every ground it stands on, every edge 3 : 1', (_name, tokens) => {
  expect([...tooFaint(tokens, TEXTS, 4.5), ...tooFaint(tokens, EDGES, 3)]).toEqual([]);
});

test('dark is the same whether the system or the person wants it, and sets no token that light lacks', () => {
  expect([...darkBySystem]).toEqual([...darkByChoice]);
  expect([...dark.keys()]).toEqual([...light.keys()]);
});

test('texts and grounds come from tokens only: no colour is written into a class', () => {
  const written = sources()
    .filter(({ path }) => /^(app|components)\/.*\.tsx$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:text|bg|border|fill|stroke)-(?:\[#\w+\]|(?:black|white|gray|red|zinc)\b[-\w]*)/g)].map(
        ([found]) => `${path}: ${found}`,
      ),
    );
  expect(written).toEqual([]);
});

test('a faint pair and a missing token are seen', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  const tokens = tokensOf('\n:root {\n  --a: #777777;\n  --b: #ffffff;\n}', '\n:root');
  expect(tooFaint(tokens, [['a', 'b']], 4.5)).toEqual(['a on b is 4.48, wanted 4.5']);
  expect(tooFaint(tokens, [['a', 'c']], 4.5)).toEqual(['a or c is no token']);
});
