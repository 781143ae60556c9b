import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markdownBlocks } from '#lib/text/markdown.ts';
import { TOUR_PARTS, tourPartOf } from './tour-parts.ts';

test.each(['en', 'pt-BR'])('help: the tour in %s has the parts that pages lead to', (language) => {
  const text = readFileSync(join(import.meta.dirname, `../../../docs/tour.${language}.md`), 'utf8');
  const parts = markdownBlocks(text).filter((block) => block.is === 'heading' && block.level === 2);
  expect(parts).toHaveLength(TOUR_PARTS.length);
});

test.each([
  ['/persons', 'find'],
  ['/persons/merge', 'merge'],
  ['/persons/dddddd01-0000-4000-8000-000000000001', 'edit'],
  ['/routes', 'routes'],
  ['/routes/a/b', 'routes'],
  ['/keys/new', 'keys'],
  ['/activity', 'undo'],
  ['/', null],
  ['/status', null],
  ['/routesque', null],
])('help: %s belongs to the part %s', (path, part) => {
  expect(tourPartOf(path)).toBe(part);
});
