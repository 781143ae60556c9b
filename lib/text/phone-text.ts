import 'server-only';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { env } from '#lib/env.ts';
import { readPhone, type Phone } from './phone.ts';

/**
 * A stored phone for people to read, or null when it is not a telephone number (Omni accepts any text, contract §3): as it is written at
 * home for the default region ("(11) 98765-4321"), with its country code for others ("+51 976 543 219"). Never changes what is stored.
 */
export function phoneText(stored: string): string | null {
  const phone = readPhone(stored);
  return phone ? textOfPhone(phone) : null;
}

/**
 * A stored phone for a spreadsheet: with its country code and spaces, so that it stays text there and can be read back; what is no number as
 * it is stored.
 */
export function phoneForFile(stored: string): string {
  const phone = readPhone(stored);
  if (!phone) return stored;
  return phone.number.formatInternational().replaceAll(/[^+\d]+/g, ' ');
}

/** The texts of two stored phones side by side: with their country codes where they are numbers of two countries, named by their codes. */
export function phonesApart(a: string, b: string): { texts: [string, string]; countries: [string, string] | null } {
  const [one, other] = [readPhone(a), readPhone(b)];
  if (!one || !other || one.country === other.country) {
    return { texts: [one ? textOfPhone(one) : a, other ? textOfPhone(other) : b], countries: null };
  }
  return {
    texts: [one.number.formatInternational(), other.number.formatInternational()],
    countries: [one.country, other.country],
  };
}

/** A number for people to read. */
export function textOfPhone({ number, country, key, written }: Phone): string {
  const home = country === env().DEFAULT_PHONE_REGION;
  const short = key !== written && country === 'BR' ? /^\+55(\d\d)(\d{4})(\d{4})$/.exec(written) : null;
  if (short) return `${home ? `(${short[1]})` : `+55 ${short[1]}`} ${short[2]}-${short[3]}`;
  const shown = country === 'MX' && key !== written ? parsePhoneNumberFromString(key) : number;
  return (home ? shown?.formatNational() : shown?.formatInternational()) ?? written;
}
