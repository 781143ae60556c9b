import 'server-only';
import { isUuid } from '#lib/omni/door/path.ts';
import { plainEmail } from '#lib/text/email.ts';
import { digitsOf, phonesMeant, plainNumber } from '#lib/text/phone.ts';

/** What stands before an id where one is copied from: quotes and brackets, the name of a field, an address of the console. */
const BEFORE_ID = String.raw`(?:urn:uuid:|(?:person|pessoa)?[\s_-]?(?:id|uuid)?["']?\s*[:=]\s*["']?|\S*?\/persons\/|\S*?[?&](?:person|into|from|id|q|subject)=)`;
const ID = new RegExp(
  String.raw`^[\s"'\`<([{#“‘]*${BEFORE_ID}?\{?([\da-f-]{36})\}?(?:[/?#&]\S*)?[\s"'\`>)\]}.,;…”’]*$`,
  'i',
);

/** The id in a query that is nothing else: as it was copied from a text, or from a person's address. */
export function personIdIn(query: string): string | null {
  const [, id] = ID.exec(query.replaceAll(/\p{Cf}/gu, '').replaceAll(/[\u2010-\u2015\u2212]/gu, '-')) ?? [];
  return isUuid(id) ? id.toLowerCase() : null;
}

/** How a number is written: at least seven digits and what stands between them. */
const NUMBER = String.raw`[+(]?\d[\d\s().-]{5,}\d`;
const EMAIL = String.raw`[^\s<>"'(),;:@]+@[^\s<>"'(),;:@?]+\.[^\s<>"'(),;:@?.]{2,}`;

/** What a card of contacts and a link to a chat write around a number, an email or a name. The lines of a card may be joined. */
const AROUND: readonly RegExp[] = [
  new RegExp(String.raw`^BEGIN:VCARD.*?TEL(?:;[^:]*)?:\s*(?:tel:)?(${NUMBER})`, 'is'),
  /^BEGIN:VCARD.*?EMAIL(?:;[^:]*)?:\s*([^\s;]+?@[^\s;]+?)(?=[A-Z]{3,}[:;]|[\s;]|$)/s,
  /^BEGIN:VCARD.*?FN(?:;[^:]*)?:\s*(.+?)\s*(?=(?:[A-Z-]{2,12}[:;])|\n|$)/s,
  new RegExp(
    String.raw`^(?:tel|sms|callto|whatsapp|fone|telefone|cel|celular|phone)\s*[.:]?\s*(${NUMBER})(?:;\S*)?$`,
    'i',
  ),
];

/** Links to a chat name a number with its country code and without a plus. */
const ABROAD =
  /^(?:(?:https?:\/\/)?(?:www\.|api\.|web\.)?(?:wa\.me\/|whatsapp\.com\/send\/?\?(?:\S*?&)?phone=)\+?(\d{7,15})(?:[/?&#]\S*)?|\+?(\d{7,15})(?::\d+)?@(?:s\.whatsapp\.net|c\.us))$/i;

const USER = /^(?:https?:\/\/)?(?:www\.)?(?:t\.me|telegram\.me|instagram\.com)\/@?([a-z][\w.]{2,})\/?(?:\?\S*)?$/i;
const SEARCH = /^https?:\/\/[^\s?#]+\/persons\?\S+$/i;

/**
 * What somebody searches for who pasted more than that: the number of a card or of a link to a chat, the email of a sender, a number or an
 * email with words around it; any other query as it is.
 */
function pastedIn(query: string): string {
  const text = query.replaceAll(/[\u200b\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  for (const around of AROUND) {
    const found = around.exec(text)?.[1];
    if (found) return found;
  }
  const [, link, handle] = ABROAD.exec(text) ?? [];
  if (link ?? handle) return `+${link ?? handle}`;
  const user = USER.exec(text)?.[1];
  if (user) return `@${user}`;
  if (SEARCH.test(text) && URL.canParse(text)) return new URL(text).searchParams.get('q')?.trim() || query;
  return inWords(text) ?? query;
}

/** The one email or the one whole number that stands among other words. */
function inWords(text: string): string | null {
  const emails = [...text.matchAll(new RegExp(EMAIL, 'g'))].map(([email]) => email);
  const [email] = emails;
  if (email !== undefined) return emails.length === 1 && plainEmail(email) !== text ? plainEmail(email) : null;
  if (!/\p{L}{2}/u.test(text)) return null;
  const numbers = [...text.matchAll(new RegExp(`(?<![\\w@.])${NUMBER}(?![\\w@])`, 'g'))].map(([number]) => number);
  const [number] = numbers;
  if (numbers.length !== 1 || number === undefined || digitsOf(number).length < 10) return null;
  return phonesMeant(number).length > 0 ? number : null;
}

/** A query that is a number, however it was copied, as its digits and dashes; any other query as what was meant by it. */
export function numberIn(query: string): string {
  const meant = pastedIn(query);
  const plain = plainNumber(meant);
  return isNumber(plain) ? plain : meant;
}

/** Whether a text is written as a number and nothing else. */
export function isNumber(text: string): boolean {
  return /\d/.test(text) && !/[^\d\s()+./-]/.test(text);
}
