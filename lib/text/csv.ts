import type { Locale } from '#lib/i18n/locales.ts';

export type Separator = ',' | ';';

/** The separator between cells: Excel in Portuguese reads a comma as the decimal separator. */
export function separatorFor(locale: Locale): Separator {
  return locale === 'pt-BR' ? ';' : ',';
}

/** A phone as `phoneForFile` writes it: groups of digits are no formula, and stay text. */
const PHONE = /^\+\d{1,4}(?: \d+)+$/;

const STARTS = /^[=+\-@＝＋－＠\t\r\n]/;

/**
 * The start of a formula after another separator, for a program that splits cells there, and then reads quotes as text and
 * splits at line ends too; numbers are no formula.
 */
const STARTS_WITHIN = /([,;\t\r\n]["']*)(?=[=@＝＠]|[+\-＋－](?![\d .()-]*(?:[,;\t\r\n\]}"]|$)))/g;

/**
 * One line of CSV. A cell that a spreadsheet would read as a formula (starting with `=`, `+`, `-`, `@`, their wide forms, tab,
 * carriage return or line feed) gets an apostrophe in front, since names come from anyone who can write to a channel. So does a part
 * of a cell that would start a formula where the file is split at another language's separator.
 */
export function csvLine(cells: readonly string[], separator: Separator): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

function csvCell(text: string, separator: string): string {
  const guarded = (STARTS.test(text) && !PHONE.test(text) ? `'${text}` : text).replaceAll(STARTS_WITHIN, "$1'");
  return /["\r\n]/.test(guarded) || guarded.includes(separator) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
