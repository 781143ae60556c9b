import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contrast, tokensOf, type Tokens } from './contrast.ts';
import { ROOT, sources } from './source.ts';

const css = readFileSync(join(ROOT, 'app', 'styles', 'tokens.css'), 'utf8');

const GROUNDS = ['bg', 'surface', 'inset', 'hover'];
const TONES = ['kept', 'removed', 'danger', 'warn', 'good', 'info'];
const SOFTS = ['accent-soft', ...TONES.map((tone) => `${tone}-soft`)];

/** What is written on what; 4.5 : 1 (WCAG 1.4.3). */
const TEXTS: readonly (readonly [ink: string, ground: string])[] = [
  ...['text', 'muted'].flatMap((ink) => [...GROUNDS, ...SOFTS].map((ground) => [ink, ground] as const)),
  ...[...GROUNDS, 'accent-soft'].map((ground) => ['accent-text', ground] as const),
  ...TONES.flatMap((ink) => [...GROUNDS, `${ink}-soft`].map((ground) => [ink, ground] as const)),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger-solid'],
  ['on-danger', 'danger-hover'],
];

/** Marks that say something without a text: a control's border, the focus, bars and lines of a plot, a server's band. */
const MARKS: readonly (readonly [mark: string, ground: string])[] = [
  ...['edge', 'accent', 'accent-text'].flatMap((mark) => [...GROUNDS, 'accent-soft'].map((on) => [mark, on] as const)),
  ...['danger', 'warn'].flatMap((mark) => GROUNDS.map((on) => [mark, on] as const)),
  ...['accent-hover', 'danger-solid', 'danger-hover'].flatMap((mark) =>
    ['bg', 'surface'].map((on) => [mark, on] as const),
  ),
  ...[1, 2, 3, 4, 5, 6].flatMap((band) => GROUNDS.map((on) => [`band-${band}`, on] as const)),
  ['on-accent', 'accent'],
];

function tooFaint(tokens: Tokens, pairs: readonly (readonly [string, string])[], wanted: number): string[] {
  return pairs.flatMap(([ink, ground]) => {
    const [one, other] = [tokens.get(ink), tokens.get(ground)];
    if (!one || !other) return [`${ink} or ${ground} is no token`];
    const ratio = contrast(one, other);
    return ratio < wanted ? [`${ink} on ${ground} is ${ratio.toFixed(2)}, wanted ${wanted}`] : [];
  });
}

test.each(['light', 'dark'] as const)(
  '%s: every text is 4.5 : 1 on every ground it stands on (1.4.3), every mark 3 : 1 (1.4.11)',
  (theme) => {
    const tokens = tokensOf(css, theme);
    expect([...tooFaint(tokens, TEXTS, 4.5), ...tooFaint(tokens, MARKS, 3)]).toEqual([]);
  },
);

test('every token has its colours in one place, and a class of its own', () => {
  const named = [...readFileSync(join(ROOT, 'tailwind.config.ts'), 'utf8').matchAll(/token\('([\w-]+)'\)/g)];
  expect(named.map(([, name]) => name).toSorted()).toEqual([...tokensOf(css, 'light').keys()].toSorted());
});

test('colours come from tokens only: none is written into a class, none is computed where no guard sees it', () => {
  const written = sources()
    .filter(({ path }) => /^(app|components)\/.*\.tsx$/.test(path))
    .flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /\b(?:text|bg|border|fill|stroke)-(?:\[#\w+\]|(?:black|white|gray|red|zinc)\b[-\w]*)|\b(?:brightness|contrast|invert|saturate)-\d+/g,
        ),
      ].map(([found]) => `${path}: ${found}`),
    );
  expect(written).toEqual([]);
});

test('a faint pair, a missing token and one that stands twice are seen', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  const tokens = tokensOf(':root {\n  --a: light-dark(#777777, #767676);\n  --b: #ffffff;\n}', 'light');
  expect(tooFaint(tokens, [['a', 'b']], 4.5)).toEqual(['a on b is 4.48, wanted 4.5']);
  expect(tooFaint(tokens, [['a', 'c']], 4.5)).toEqual(['a or c is no token']);
  expect(tokensOf(':root { --a: light-dark(#777777, #767676); }', 'dark').get('a')).toBe('#767676');
  expect(() => tokensOf('--a: #777777; --a: #777777;', 'light')).toThrow('twice');
});
