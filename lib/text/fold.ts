import { visibleName } from './visible.ts';

/** Letters that are no letter and an accent to Unicode, as people type them without. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ɖ: 'd',
  ɗ: 'd',
  ħ: 'h',
  ı: 'i',
  ɨ: 'i',
  ŧ: 't',
  ŋ: 'n',
  ə: 'e',
  ǝ: 'e',
  ɛ: 'e',
  ɔ: 'o',
  ɓ: 'b',
  ƀ: 'b',
  ƙ: 'k',
  ƴ: 'y',
  ƶ: 'z',
  ʉ: 'u',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};
const OTHER_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** What only tells how letters are drawn or kept apart: joiners, the Arabic line between letters, the dot of the Catalan `l·l`. */
const BETWEEN = /\u200c|\u200d|\u0640|(?<=l)·(?=l)/gu;

/**
 * Marks that people leave out when they type. Those of the scripts of India and South-East Asia are vowels, and the two of Japanese make
 * other consonants: without them one name would be another.
 */
const ACCENTS =
  /(?![\u3099\u309a])(?=\p{M})[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}]/gu;

/** Lower case, without accents and what can't be seen, single spaces: for comparing names. NFC and NFD input fold alike. */
export function fold(text: string): string {
  return (visibleName(text) ?? '')
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .toLowerCase()
    .replaceAll(ACCENTS, '')
    .replaceAll(BETWEEN, '')
    .replaceAll(OTHER_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
}

/** The words of a text, folded. */
export function words(text: string): string[] {
  return fold(text).split(' ').filter(Boolean);
}
