import 'server-only';
import { createHash } from 'node:crypto';
import { LOCALES, type Locale } from './locales.ts';
import { messagesOfSet, setsOf } from './message-sets.ts';
import type { Namespace } from './messages.ts';

type MessageFile = { name: string; json: string };

const made = new Map<string, MessageFile>();

/** A set's file: its name carries a hash of the content, so that an address never changes what it answers. */
function fileOf(locale: Locale, set: string): MessageFile | null {
  const known = made.get(`${locale}/${set}`);
  if (known) return known;
  const messages = messagesOfSet(locale, set);
  if (!messages) return null;
  const json = JSON.stringify(messages);
  const file = { name: `${set}.${createHash('sha256').update(json).digest('base64url').slice(0, 12)}`, json };
  made.set(`${locale}/${set}`, file);
  return file;
}

/** The names of the files with the messages of these namespaces (`base.Wj2bQ0aZ1xYv`, `persons.9cK_…`), that of every page first. */
export function messageFiles(locale: Locale, of: readonly Namespace[]): string[] {
  return setsOf(of).flatMap((set) => fileOf(locale, set)?.name ?? []);
}

/**
 * The file of this name as JSON; null where no build has such a set or language. `current`: the name is this build's. A page of
 * another build gets this build's messages, which are not to be kept under its name.
 */
export function readMessageFile(locale: string, name: string): { json: string; current: boolean } | null {
  const language = LOCALES.find((one) => one === locale);
  const file = language && fileOf(language, name.split('.', 1)[0] ?? '');
  return file ? { json: file.json, current: file.name === name } : null;
}
