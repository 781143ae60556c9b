import 'server-only';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/**
 * A stored phone for people to read ("+55 11 98765-4321"), or null when it is not a telephone number of any country (Omni
 * accepts any text, contract §3). Never changes what is stored.
 */
export function phoneText(stored: string): string | null {
  const bare = stored.trim();
  const withPlus = /^\d{10,15}$/.test(bare) && bare.startsWith('55') ? `+${bare}` : bare;
  const number = parsePhoneNumberFromString(withPlus);
  return number?.isPossible() ? number.formatInternational() : null;
}

export type PhoneInput = { ok: true; e164: string } | { ok: false; reason: 'not_a_number' | 'too_short' | 'too_long' };

/** What somebody typed as the E.164 text Omni should store. Numbers without a country code belong to `region`. */
export function parsePhone(typed: string, region: string): PhoneInput {
  const number = parsePhoneNumberFromString(typed, region as CountryCode);
  if (!number) return { ok: false, reason: 'not_a_number' };
  if (number.isPossible()) return { ok: true, e164: number.number };
  const digits = typed.replaceAll(/\D/g, '').length;
  return { ok: false, reason: digits > 13 ? 'too_long' : 'too_short' };
}
