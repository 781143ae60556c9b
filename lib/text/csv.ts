import type { Locale } from '#lib/i18n/locales.ts';

export type Separator = ',' | ';';

/** What stands between two cells: Excel in Portuguese takes a comma for a decimal one. */
export function separatorFor(locale: Locale): Separator {
  return locale === 'pt-BR' ? ';' : ',';
}

const STARTS = /^[=+\-@＝＋－＠\t\r\n]/;

/**
 * What would begin a cell as a formula does for a program that parts cells elsewhere, which then takes quotes for text and
 * parts at line ends too; numbers begin none.
 */
const STARTS_WITHIN = /([,;\t\r\n]["']*)(?=[=@＝＠]|[+\-＋－](?![\d .()-]*(?:[,;\t\r\n\]}"]|$)))/g;

/**
 * One line of CSV. A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, wide ones too, tab, carriage return, line feed) gets an
 * apostrophe in front: names come from anyone who can write to a channel. So does what would become such a cell where the
 * file is opened in another language, whose separator stands in the text.
 */
export function csvLine(cells: readonly string[], separator: Separator): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

function csvCell(text: string, separator: string): string {
  const guarded = (STARTS.test(text) ? `'${text}` : text).replaceAll(STARTS_WITHIN, "$1'");
  return /["\r\n]/.test(guarded) || guarded.includes(separator) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
