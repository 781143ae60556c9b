import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownBlocks } from './markdown.ts';

describe('markdownBlocks', () => {
  it('reads headings, paragraphs over several lines, both kinds of list, and leaves pictures out', () => {
    const text = '# Title\n\nOne `two`\nthree.\n\n![alt](a.png)\n\n1. *a*\n   b\n2. **c**\n\n- d';
    expect(markdownBlocks(text)).toEqual([
      { is: 'heading', level: 1, spans: [{ is: 'text', text: 'Title' }] },
      {
        is: 'paragraph',
        spans: [
          { is: 'text', text: 'One ' },
          { is: 'code', text: 'two' },
          { is: 'text', text: ' three.' },
        ],
      },
      {
        is: 'list',
        numbered: true,
        items: [
          [
            { is: 'em', text: 'a' },
            { is: 'text', text: ' b' },
          ],
          [{ is: 'strong', text: 'c' }],
        ],
      },
      { is: 'list', numbered: false, items: [[{ is: 'text', text: 'd' }]] },
    ]);
  });

  it('knows everything that the tours use, and both have the same parts', () => {
    const [en, pt] = ['en', 'pt-BR'].map((language) =>
      markdownBlocks(readFileSync(join(import.meta.dirname, `../../docs/tour.${language}.md`), 'utf8')),
    );
    const spans = [...(en ?? []), ...(pt ?? [])].flatMap((block) =>
      block.is === 'list' ? block.items.flat() : block.spans,
    );
    expect(spans.filter(({ is, text }) => is === 'text' && /[*`#[\]]/.test(text))).toEqual([]);
    expect(pt?.map(({ is }) => is)).toEqual(en?.map(({ is }) => is));
  });
});
