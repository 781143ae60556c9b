import 'server-only';
import {
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { env } from '#lib/env.ts';

/**
 * A telephone number, whatever way it was written. `key`: its E.164 text in the form the country uses today, the same for every
 * spelling of one number. `written`: the E.164 text of what was written, which may lack or have a digit more than `key`.
 * `abroad`: whether the country code was written.
 */
export type Phone = { key: string; written: string; country: string; abroad: boolean; number: PhoneNumber };

/** Area codes of Brazil (Anatel, Plano Geral de Numeração). */
const BRAZILIAN_AREAS = new Set(
  (
    '11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 61 62 63 64 65 66 67 68 ' +
    '69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 96 97 98 99'
  ).split(' '),
);

/** Only the digits of a text. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** The dashes and minus signs that stand between the groups of a number. */
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/gu;

/**
 * A text as a number is read from it: without what can't be seen (a copied number often begins with a mark of its writing direction), the
 * digits of other scripts and every dash as those of a keyboard, a country code without its brackets.
 */
export function plainNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(DASHES, '-')
    .replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => String(worthOf(digit)))
    .trim()
    .replace(/^\(\s*(\+\s*\d{1,3})\s*\)/, '$1 ');
}

/** The worth of a digit of any script: each has its ten in a row, and nothing before them. */
function worthOf(digit: string): number {
  const at = digit.codePointAt(0) ?? 0;
  let worth = 0;
  while (worth < 9 && /\p{Nd}/u.test(String.fromCodePoint(at - worth - 1))) worth += 1;
  return worth;
}

/**
 * The number that a stored text is, or null where it is none or can't be told: no area code, an extension, words around it, or bare
 * digits that are one number at home and another one abroad (`51976543219` is a mobile of Porto Alegre and one of Peru).
 */
export function readPhone(stored: string, region = env().DEFAULT_PHONE_REGION): Phone | null {
  const text = plainNumber(stored);
  const home = phoneOf(text, region);
  if (text.startsWith('+') || !/^\d+$/.test(text)) return home;
  const abroad = phoneOf(`+${text}`, region);
  return home && abroad && home.key !== abroad.key ? null : (home ?? abroad);
}

/** The number that somebody searches for, every way it can be read: without a country code it may be one of another country. */
export function phonesMeant(typed: string, region = env().DEFAULT_PHONE_REGION): Phone[] {
  const text = plainNumber(typed);
  const all = text.startsWith('+') ? [text] : [text, `+${digitsOf(text)}`];
  return all.flatMap((one) => phoneOf(one, region) ?? []);
}

/** A number that is written in international form without its plus, as WhatsApp's handles are. */
export function readAbroad(digits: string): Phone | null {
  return phoneOf(`+${digits}`, env().DEFAULT_PHONE_REGION);
}

/**
 * A number by the rules of its country, or null. A number without a country code belongs to `region`; after 00 a country code stands,
 * unless the region dials something else there (Brazil the number of a carrier).
 */
export function phoneOf(text: string, region: string): Phone | null {
  const plain = plainNumber(text);
  return numberOf(plain, region) ?? (plain.startsWith('00') ? numberOf(`+${plain.slice(2).trim()}`, region) : null);
}

function numberOf(text: string, region: string): Phone | null {
  if (digitsOf(text).length < 7) return null;
  const number = parsePhoneNumberFromString(text, { defaultCountry: region as CountryCode, extract: false });
  if (!number || number.ext) return null;
  const today = asDialledToday(number);
  const valid = today === number.number ? number : parsePhoneNumberFromString(today);
  if (!valid?.isValid()) return null;
  return {
    key: today,
    written: number.number,
    country: countryOf(number, region),
    abroad: text.startsWith('+') || number.countryCallingCode !== codeOf(region),
    number,
  };
}

/** The country of a number as two letters; that of a satellite or of a number of no country is the world's, 001. */
function countryOf({ country, countryCallingCode }: PhoneNumber, region: string): string {
  return country ?? (countryCallingCode === codeOf(region) ? region : '001');
}

function codeOf(region: string): string {
  return getCountryCallingCode(region as CountryCode);
}

/**
 * The E.164 text of a number as its country dials it today. Brazil's mobiles have a ninth digit (area codes that exist only; numbers
 * that begin with 2 to 5 are landlines), Mexico dropped the 1 of its mobiles in 2019, Argentina's mobiles have a 9 abroad.
 */
function asDialledToday({ number, countryCallingCode, nationalNumber }: PhoneNumber): string {
  const national = String(nationalNumber);
  if (countryCallingCode === '55' && /^\d\d[6-9]\d{7}$/.test(national) && isBrazilianArea(national))
    return `+55${national.slice(0, 2)}9${national.slice(2)}`;
  if (countryCallingCode === '52' && /^1\d{10}$/.test(national)) return `+52${national.slice(1)}`;
  if (countryCallingCode === '54' && /^[1-8]\d{9}$/.test(national)) return `+549${national}`;
  return number;
}

/** Whether a Brazilian national number begins with an area code. */
export function isBrazilianArea(national: string): boolean {
  return BRAZILIAN_AREAS.has(national.slice(0, 2));
}

/**
 * Whether two stored texts are the same telephone: the same country and national number, in whatever spelling. What can't be read as a
 * number equals only what has the same digits and can't be read either.
 */
export function samePhone(a: string, b: string): boolean {
  const [p, q] = [readPhone(a), readPhone(b)];
  if (p || q) return p?.key === q?.key;
  const [x = '', y = ''] = [a, b].map((text) => plainNumber(text).replaceAll(/[^\d+]/g, ''));
  return x === y && digitsOf(x).length >= 7;
}

/** A number and how much its spelling says of it: a mobile's ninth digit, its country. */
export type PhoneSpelling = { key: string; says: number };

/** How a stored phone is spelled, or null where it is no number. */
export function phoneSpelling(stored: string): PhoneSpelling | null {
  const phone = readPhone(stored);
  if (!phone) return null;
  const { key, written, abroad } = phone;
  return { key, says: (written.length >= key.length ? 2 : 0) + Number(abroad) };
}
