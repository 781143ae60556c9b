import type { Locale } from '#lib/i18n/locales.ts';
import { messagesOfSet } from '#lib/i18n/message-sets.ts';

const known = new Map<string, Record<string, unknown>>();

/**
 * The messages of these files, one space between their names, where the server renders: they are at hand. Browsers get
 * `messages-in.browser.ts` instead (`imports` of package.json).
 */
export function messagesIn(locale: Locale, files: string): Record<string, unknown> | Promise<Record<string, unknown>> {
  const id = `${locale} ${files}`;
  const sets = () => files.split(' ').map((file) => messagesOfSet(locale, file.split('.', 1)[0] ?? ''));
  const messages = known.get(id) ?? Object.assign({}, ...sets());
  known.set(id, messages);
  return messages;
}
