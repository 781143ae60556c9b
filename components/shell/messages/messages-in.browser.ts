import { MESSAGE_FILES, type Locale } from '#lib/i18n/locales.ts';

type Messages = Record<string, unknown>;

const files = new Map<string, Promise<Messages>>();
const known = new Map<string, Messages | Promise<Messages>>();

/** The messages of these files, one space between their names: a promise until all have arrived, and again after a failure. */
export function messagesIn(locale: Locale, names: string): Messages | Promise<Messages> {
  const id = `${locale} ${names}`;
  const messages = known.get(id) ?? load(id, locale, names.split(' '));
  known.set(id, messages);
  return messages;
}

async function load(id: string, locale: Locale, names: string[]): Promise<Messages> {
  try {
    const parts = await Promise.all(names.map((name) => fileAt(`${MESSAGE_FILES}/${locale}/${name}`)));
    const messages: Messages = Object.assign({}, ...parts);
    known.set(id, messages);
    return messages;
  } catch (error) {
    known.delete(id);
    throw error;
  }
}

function fileAt(address: string): Promise<Messages> {
  const asked = files.get(address) ?? read(address);
  files.set(address, asked);
  return asked;
}

async function read(address: string): Promise<Messages> {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`The messages answered ${answer.status}.`);
    return (await answer.json()) as Messages;
  } catch (error) {
    files.delete(address);
    throw error;
  }
}

// What the page came with is on its way (`with-messages.tsx`): it is here before anything is drawn from it.
for (const { href } of document.querySelectorAll<HTMLLinkElement>(`link[rel=preload][href^="${MESSAGE_FILES}/"]`))
  fileAt(new URL(href).pathname).catch(() => undefined);
