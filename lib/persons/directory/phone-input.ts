import 'server-only';
import { parsePhoneNumberFromString, type CountryCode, type NumberType } from 'libphonenumber-js/max';
import type { Text } from '#lib/operations/plan/define.ts';
import { digitsOf, isBrazilianArea, phoneOf } from '#lib/text/phone.ts';
import { phoneText } from '#lib/text/phone-text.ts';

/** Why a typed phone is not stored. */
export type PhoneProblem =
  | 'not_a_number'
  | 'too_short'
  | 'too_long'
  | 'no_area_code'
  | 'no_such_area'
  | 'extension'
  | 'text_around'
  | 'no_such_number';

/** What somebody typed, as Omni should store it; or why not, and the number that was probably meant. */
export type PhoneInput = { ok: true; stored: string } | { ok: false; reason: PhoneProblem; meant: string | null };

/** Numbers that are dialled within a country only: as E.164 they lead nowhere. */
const SERVICES: ReadonlySet<NumberType> = new Set(['TOLL_FREE', 'SHARED_COST', 'PREMIUM_RATE', 'UAN']);
const SHORT = /^\*?\d{3,5}$/;

/** How long a number without its area code is, where area codes are written. */
const LOCAL_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  BR: [8, 9],
  US: [7],
  CA: [7],
  MX: [7, 8],
  AR: [6, 7, 8],
};

const EXTENSION = /^(.*\d)[\s,;.-]*(?:#|x|ext(?:ension|ensão|ensao)?|ramal|r|anexo|int(?:erno)?)\.?[\s:=]*\d{1,7}$/iu;
const DECORATION = /^[\d\s()+./\-‐-―\u00a0]+$/u;
const LONGEST = 15;

/**
 * What somebody typed as the text Omni should store: E.164, in the form its country dials today; service numbers (0800, 4004, 190) as
 * they were typed. Numbers without a country code belong to `region`. Nothing is guessed: an extension, words around the number or a
 * missing area code is refused, with what was probably meant.
 */
export function parsePhone(typed: string, region: string): PhoneInput {
  const text = typed
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
  const meant = (of: string) => storedOf(of, region);
  const bare = EXTENSION.exec(text)?.[1];
  if (bare !== undefined && storedOf(bare, region)) return { ok: false, reason: 'extension', meant: meant(bare) };
  if (SHORT.test(text)) return { ok: true, stored: text };
  if (!DECORATION.test(text)) {
    const inside = /[\d+(][\d\s()+./-]*\d/u.exec(text)?.[0];
    const found = inside ? meant(inside) : null;
    if (found) return { ok: false, reason: 'text_around', meant: found };
    return refused(inside && digitsOf(inside).length >= 7 ? problemOf(inside, region) : 'not_a_number');
  }
  const stored = storedOf(text, region);
  return stored ? { ok: true, stored } : refused(problemOf(text, region));
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

/** A number that the metadata doesn't know, of a length that its country has. Brazil's ranges are all known. */
function possible(text: string, region: string): string | null {
  const number = parsePhoneNumberFromString(text, { defaultCountry: region as CountryCode, extract: false });
  if (!number || number.ext || number.countryCallingCode === '55') return null;
  return number.isPossible() && !lacksAreaCode(text, region) ? number.number : null;
}

function problemOf(text: string, region: string): PhoneProblem {
  const digits = digitsOf(text);
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
