import { visibleName } from '#lib/text/visible.ts';

const LONGEST = 24;

/** A name for a button: at most 24 characters, the last one an ellipsis where it is cut. */
export function shortName(name: string): string {
  const letters = [...(visibleName(name) ?? '')];
  return letters.length > LONGEST
    ? `${letters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`
    : letters.join('');
}
