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
 * What a spreadsheet makes a number or a day of, so that it is something else when it is stored again: `00123`, sixteen digits and
 * more, `3-4`, `1/2/26`, `1E5`. Days and moments in the form a program writes (`2026-11-05`) are meant to be days.
 */
const CHANGED = /^(?:0\d+|\d{16,}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{1,4}\/\d{1,2}(?:\/\d{1,2})?|\d+[eE]\d+)$/;

/**
 * The start of a formula after another separator, for a program that splits cells there, and then reads quotes as text and
 * splits at line ends too; numbers are no formula.
 */
const STARTS_WITHIN = /([,;\t\r\n]["']*)(?=[=@＝＠]|[+\-＋－](?![\d .()-]*(?:[,;\t\r\n\]}"]|$)))/g;

/**
 * One line of CSV. A cell that a spreadsheet would read as a formula (starting with `=`, `+`, `-`, `@`, their wide forms, tab,
 * carriage return or line feed) gets an apostrophe in front, since names come from anyone who can write to a channel. So does a part
 * of a cell that would start a formula where the file is split at another language's separator, and a text that would be stored
 * again as a number or a day.
 */
export function csvLine(cells: readonly string[], separator: Separator): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

function csvCell(text: string, separator: string): string {
  const kept = (STARTS.test(text) && !PHONE.test(text)) || CHANGED.test(text);
  const guarded = (kept ? `'${text}` : text).replaceAll(STARTS_WITHIN, "$1'");
  return /["\r\n]/.test(guarded) || guarded.includes(separator) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
