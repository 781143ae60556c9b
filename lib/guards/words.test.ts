import { expect, test } from 'vitest';
import { code, findings, isTest, sources, type Source } from './source.ts';

/** What is the same in every language: names and formats. */
const NAMES = new Set(['Omni console', 'CSV', 'JSON', 'SHA-256', 'Promise', 'new Promise', '/persons']);

/** The one place where no messages may be there to read (ADR 0008). */
const WITHOUT_MESSAGES = ['components/shell/error-state.tsx', 'app/global-error.tsx'];

/** Pages that nobody who uses the console sees. */
const DEVELOPMENT = 'app/(console)/dev/';

/** Words between tags, and words given to what is read out or shown. Code between angle brackets is told by its signs. */
function words({ text }: Source): string[] {
  const plain = code(text);
  const between = [...plain.matchAll(/>([^<>{}]*\p{L}{2,}[^<>{}]*)</gu)].map(([, found = '']) => found.trim());
  const given = [...plain.matchAll(/\b(?:aria-label|title|placeholder|alt|label|hint)="([^"]*\p{L}{2,}[^"]*)"/gu)];
  return [...between.filter((found) => !/[;=()?,|]|&&|\w\.\w/.test(found)), ...given.map(([, found = '']) => found)]
    .filter((found) => !NAMES.has(found))
    .map((found) => `"${found}" stands in the code, not in messages/`);
}

test('no word that people read stands in the code', () => {
  const pages = sources().filter(
    ({ path }) =>
      path.endsWith('.tsx') && !isTest(path) && !WITHOUT_MESSAGES.includes(path) && !path.startsWith(DEVELOPMENT),
  );
  expect(pages.length).toBeGreaterThan(150);
  expect(findings(pages, words)).toEqual([]);
});

test.each([
  ['<p>Save it</p>', 1],
  ['<button aria-label="Close">x</button>', 1],
  ['<p>{t("save")}</p>', 0],
  ['const a: Promise<void> = b; <i>CSV</i>', 0],
])('%s has %d', (text, count) => {
  expect(words({ path: 'app/x.tsx', text })).toHaveLength(count);
});
