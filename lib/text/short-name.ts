import { visibleName } from '#lib/text/visible.ts';

const LONGEST = 24;
/** What is seen as one character may be several: a letter and its accents, a family of emoji. */
const SEEN = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A name for a button: at most 24 characters, the last one an ellipsis where it is cut. */
export function shortName(name: string): string {
  const letters = [...SEEN.segment(visibleName(name) ?? '')].map(({ segment }) => segment);
  return letters.length > LONGEST
    ? `${letters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`
    : letters.join('');
}
