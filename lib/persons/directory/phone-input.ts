import 'server-only';
import {
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
  type NumberType,
} from 'libphonenumber-js/max';
import type { Text } from '#lib/operations/plan/define.ts';
import { digitsOf, isBrazilianArea, phoneOf, plainNumber } from '#lib/text/phone.ts';
import { phoneText } from '#lib/text/phone-text.ts';

/** Why a typed phone is not stored. */
export type PhoneProblem =
  | 'not_a_number'
  | 'too_short'
  | 'too_long'
  | 'no_area_code'
  | 'no_such_area'
  | 'no_such_country'
  | 'no_country'
  | 'trunk_zero'
  | 'extension'
  | 'text_around'
  | 'no_such_number';

/** What somebody typed, as Omni should store it; or why not, and the number that was probably meant. */
export type PhoneInput = { ok: true; stored: string } | { ok: false; reason: PhoneProblem; meant: string | null };

/** Numbers that are dialled within a country only: as E.164 they lead nowhere. */
const SERVICES: ReadonlySet<NumberType> = new Set(['TOLL_FREE', 'SHARED_COST', 'PREMIUM_RATE', 'UAN']);
const SHORT = /^\*?\d{3,5}$/;
/** Brazil's begin with 1 (Anatel, Plano Geral de Códigos Nacionais): other few digits are the beginning or the end of a number. */
const BRAZILIAN_SHORT = /^\*\d{3,5}$|^1\d{2,4}$/;

/** How long a number without its area code is, where area codes are written. */
const LOCAL_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  BR: [8, 9],
  US: [7],
  CA: [7],
  MX: [7, 8],
  AR: [6, 7, 8],
};

const EXTENSION = /^(.*\d)[\s,;.-]*(?:#|x|ext(?:ension|ensão|ensao)?|ramal|r|anexo|int(?:erno)?)\.?[\s:=]*\d{1,7}$/iu;
const DECORATION = /^[\s(]*\+?[\d\s()./-]+$/u;
const LONGEST = 15;

/**
 * What somebody typed as the text Omni should store: E.164, in the form its country dials today; service numbers (0800, 4004, 190) as
 * they were typed. Numbers without a country code belong to `region`. Nothing is guessed: an extension, words around the number or a
 * missing area code is refused, with what was probably meant.
 */
export function parsePhone(typed: string, region: string): PhoneInput {
  const text = plainNumber(typed);
  const meant = (of: string) => storedOf(of, region);
  const bare = EXTENSION.exec(text)?.[1];
  if (bare !== undefined && storedOf(bare, region)) return { ok: false, reason: 'extension', meant: meant(bare) };
  if ((region === 'BR' ? BRAZILIAN_SHORT : SHORT).test(text)) return { ok: true, stored: text };
  if (!DECORATION.test(text)) {
    const inside = text.match(/[\d+(][\d\s()+./-]*\d/gu) ?? [];
    const found = inside.map(meant).find((one) => one !== null);
    if (found) return { ok: false, reason: 'text_around', meant: found };
    const long = inside.find((one) => digitsOf(one).length >= 7);
    return refused(long === undefined ? 'not_a_number' : problemOf(long, region));
  }
  const without = withoutZero(text, region);
  if (without) return { ok: false, reason: 'trunk_zero', meant: without };
  const stored = storedOf(text, region);
  if (stored) return { ok: true, stored };
  const abroad = /^[1-9]/.test(text) && !lacksAreaCode(text, region) ? phoneOf(`+${text}`, region) : null;
  return abroad ? { ok: false, reason: 'no_country', meant: abroad.key } : refused(problemOf(text, region));
}

/**
 * The number that is meant where the 0 that is dialled within a country stands behind its code (`+56 (0)9…`), and is no part of its
 * numbers; null for any other number. Where 0 is only dialled at home, libphonenumber drops it by itself.
 */
function withoutZero(text: string, region: string): string | null {
  const plain = text.startsWith('00') ? `+${text.slice(2).trim()}` : text;
  if (!plain.startsWith('+') || phoneOf(plain, region)) return null;
  const digits = digitsOf(plain);
  for (const code of [1, 2, 3].map((length) => digits.slice(0, length))) {
    const rest = digits.slice(code.length);
    const meant = rest.startsWith('0') ? phoneOf(`+${code}${rest.replace(/^0+/, '')}`, region) : null;
    if (meant?.number.countryCallingCode === code) return meant.key;
  }
  return null;
}

function refused(reason: PhoneProblem): PhoneInput {
  return { ok: false, reason, meant: null };
}

/** The text to store for a number that is written without anything around it, or null. */
function storedOf(text: string, region: string): string | null {
  const phone = phoneOf(text, region);
  if (!phone) return possible(text, region);
  if (!phone.abroad && SERVICES.has(phone.number.getType())) return text;
  // Brazil's ninth digit is not added: the number may be that of a handle, which never got one.
  return phone.country === 'BR' || phone.country === 'AR' ? phone.written : phone.key;
}

/**
 * A number that the metadata doesn't know, of a length that its country has: only where the country was typed. Brazil's ranges are all
 * known.
 */
function possible(text: string, region: string): string | null {
  if (!text.startsWith('+')) return null;
  const number = parsePhoneNumberFromString(text, { defaultCountry: region as CountryCode, extract: false });
  if (!number || number.ext || number.countryCallingCode === '55') return null;
  return number.isPossible() && !lacksAreaCode(text, region) ? number.number : null;
}

function problemOf(text: string, region: string): PhoneProblem {
  const digits = digitsOf(text);
  if (text.startsWith('+') && validatePhoneNumberLength(text) === 'INVALID_COUNTRY') return 'no_such_country';
  if (digits.length > LONGEST) return 'too_long';
  if (lacksAreaCode(text, region)) return 'no_area_code';
  const { number, country, national } = partsOf(text, region);
  if (country === 'BR' && /^\d{10,11}$/.test(national) && !isBrazilianArea(national)) return 'no_such_area';
  if (digits.length < 7) return 'too_short';
  if (number?.isPossible()) return 'no_such_number';
  return national.length > 10 ? 'too_long' : 'too_short';
}

function partsOf(text: string, region: string) {
  const number = parsePhoneNumberFromString(text, { defaultCountry: region as CountryCode, extract: false });
  const country = number?.country ?? (text.startsWith('+') ? '' : region);
  return { number, country, national: number ? String(number.nationalNumber) : digitsOf(text).replace(/^0/, '') };
}

function lacksAreaCode(text: string, region: string): boolean {
  const { country, national } = partsOf(text, region);
  // Argentina's mobiles are dialled with a 15 behind the area code: in front it stands in place of one.
  if (country === 'AR' && /^15\d{6,8}$/.test(national)) return true;
  return LOCAL_LENGTHS[country]?.includes(national.length) ?? false;
}

/** Why a typed phone is refused, in a sentence that names the number that was probably meant. */
export function phoneRefusal({ reason, meant }: Extract<PhoneInput, { ok: false }>, typed: string): Text {
  return {
    key: `edit.phone-${reason}`,
    values: { value: typed.slice(0, 60), ...(meant === null ? {} : { meant: phoneText(meant) ?? meant }) },
  };
}

/** What is said of a phone while somebody types it: how it will be stored, for people to read, or why it won't be. */
export type PhonePreview = { text: string } | { refusal: Text } | null;

/** What to say of a phone that is being typed; null where there is nothing to say. */
export function phonePreview(typed: string, region: string): PhonePreview {
  if (!typed.trim()) return null;
  const input = parsePhone(typed, region);
  if (!input.ok) return { refusal: phoneRefusal(input, typed.trim()) };
  return { text: phoneText(input.stored) ?? input.stored };
}
