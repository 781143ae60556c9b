import type { Locale } from '#lib/i18n/locales.ts';

export type Separator = ',' | ';';

/** The separator between cells: Excel in Portuguese reads a comma as the decimal separator. */
export function separatorFor(locale: Locale): Separator {
  return locale === 'pt-BR' ? ';' : ',';
}

/** A phone as `phoneForFile` writes it: groups of digits are no formula, and stay text. */
const PHONE = /^\+\d{1,4}(?: \d+)+$/;

/** The start of a formula, whatever blanks stand before it: a spreadsheet may drop them. */
const STARTS = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

const MONTHS = [
  'jan(?:uary|eiro)?',
  'feb(?:ruary)?|fev(?:ereiro)?',
  'mar(?:ch|ço)?',
  'a[pb]r(?:il)?',
  'may|maio?',
  'june?|junho',
  'july?|julho',
  'aug(?:ust)?|ago(?:sto)?',
  'sept?(?:ember)?|set(?:embro)?',
  'oct(?:ober)?|out(?:ubro)?',
  'nov(?:e[mn]b(?:er|ro))?',
  'dec(?:ember)?|dez(?:embro)?',
].join('|');

/**
 * What a spreadsheet makes something else of, which is stored again as that: numbers (`00123`, `1e+5`, `1,50`, `5%`, `(5)`, and those of
 * twelve digits and more, which it shortens), days (`3-4`, `1/2/26`, `Mar-5`), times, fractions and truths.
 */
const CHANGED = new RegExp(
  [
    String.raw`\(?(?:R\$|[$€£¥])?\s?[.,]?\d[\d.,'\s]*(?:e[+-]?\d+)?\s?[%$€£¥]?\)?`,
    String.raw`(?:\d+ )?\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?`,
    String.raw`\d{1,4}:\d{1,2}(?::\d{1,2})?(?:[.,]\d+)?(?: ?[ap]m)?`,
    String.raw`(?=.*\d)(?:\d{1,4}[-/. ]?)?(?:${MONTHS})\.?(?:[-/. ,]{0,2}\d{1,4}){0,2}`,
    'true|false|verdadeiro|falso',
  ]
    .map((one) => `^(?:${one})$`)
    .join('|'),
  'i',
);

/** Numbers that stay as they are, and days and moments in the form a program writes (`2026-11-05`), which are meant to be days. */
const KEEPS = /^(?:0|[1-9]\d{0,10}|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?|\d{1,3}(?:\.\d{1,3}){3})$/;

/**
 * The start of a formula after another separator, for a program that splits cells there, and then reads quotes as text and
 * splits at line ends too; numbers are no formula. After a blank only what can do something: `, @ana` is how people are addressed.
 */
const STARTS_WITHIN =
  /([,;\t\r\n]["']*)(?=[=@＝＠]|[+\-＋－](?![\d .()-]*(?:[,;\t\r\n\]}"]|$)))|([,;\t\r\n]["'\s\p{Cf}]+)(?=[=＝]|[+\-@＋－＠][^,;\t\r\n]*[(|])/gu;

/**
 * One line of CSV. A cell that a spreadsheet would read as a formula (starting with `=`, `+`, `-`, `@`, their wide forms, blanks
 * before them, tab, carriage return or line feed) gets an apostrophe in front, since names come from anyone who can write to a channel. So does a part
 * of a cell that would start a formula where the file is split at another language's separator, and a text that would be stored
 * again as a number, a day or a truth.
 */
export function csvLine(cells: readonly string[], separator: Separator): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

function csvCell(text: string, separator: string): string {
  const kept = (STARTS.test(text) && !PHONE.test(text)) || (CHANGED.test(text) && !KEEPS.test(text));
  const guarded = (kept ? `'${text}` : text).replaceAll(STARTS_WITHIN, "$1$2'");
  return /["\r\n]/.test(guarded) || guarded.includes(separator) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
