import examples from 'libphonenumber-js/examples.mobile.json';
import { getExampleNumber, type CountryCode } from 'libphonenumber-js/max';
import { describe, expect, it, test } from 'vitest';
import { evidenceFor } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { fieldChoices } from '#lib/persons/merge/merge-fields.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { handleOf } from './handle.ts';
import { samePhone } from '#lib/text/phone.ts';
import { parsePhone } from './phone-input.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { personRow } from './row.ts';
import { explain, rankHits } from './search-rank.ts';
import { searchPatterns } from './search-patterns.ts';

/** Two stored texts: whether they are one telephone, and why. What follows asks every consumer the same. */
const PAIRS: [string, string, boolean, string][] = [
  ['+5511987654321', '5511987654321', true, 'without the plus'],
  ['+5511987654321', '+55 (11) 98765-4321', true, 'formatted'],
  ['+5511987654321', '(11) 98765-4321', true, 'without the country'],
  ['+5511987654321', '+551187654321', true, 'without the ninth digit'],
  ['(11) 3456-7890', '+551134567890', true, 'a landline'],
  ['+16502530000', '+1 650 253 0000', true, 'of the United States'],
  ['+5215512345678', '+525512345678', true, 'a Mexican mobile as before 2019'],
  ['+5491123456789', '+541123456789', true, 'an Argentinian mobile without its 9'],
  ['0800 770 0001', '08007700001', true, 'a service number'],
  ['+51976543219', '+5551976543219', false, 'Peru and Porto Alegre'],
  ['+34915551236', '+5534915551236', false, 'Spain and Uberlândia'],
  ['51976543219', '+51976543219', false, 'bare digits may be of Peru or of Porto Alegre'],
  ['51976543219', '+5551976543219', false, 'bare digits may be of Porto Alegre or of Peru'],
  ['51976543219', '(51) 97654-3219', false, 'bare digits against a number of Porto Alegre'],
  ['(11) 3456-7890', '+5511934567890', false, 'a landline never gets a 9'],
  ['+5511987654321', '+5521987654321', false, 'another area'],
  ['+5511987654321', '+5511987654322', false, 'another number'],
  ['+5511987654321', '8765-4321', false, 'no area code'],
  ['+5510987654321', '+551087654321', false, 'an area code that is none has no ninth digit'],
  ['+5491123456789', '+5511123456789', false, 'Argentina and Brazil'],
  ['+5511987654321', '\u202a+55 11 98765-4321\u202c', true, 'copied with marks of its writing direction'],
  ['+5511987654321', '+55 11 98765\u22124321', true, 'with a minus sign'],
  ['+5511987654321', '+٥٥ ١١ ٩٨٧٦٥٤٣٢١', true, 'in the digits of another script'],
  ['+5511987654321', '00 55 11 98765-4321', true, 'dialled from abroad'],
  ['+5511987654321', '005511987654321', true, 'dialled from abroad, digits only'],
  ['+5511987654321', '(+55) 11 98765-4321', true, 'with brackets around the country'],
  ['+74951234567', '+77011234567', false, 'Russia and Kazakhstan, of one code'],
  ['+441534712345', '+441481712345', false, 'Jersey and Guernsey, of one code'],
  ['+870773111222', '+870 773 111 222', true, 'of a satellite'],
  ['+351912345678', '+5535191234567', false, 'Portugal and a number that begins like its code'],
  ['+59891234567', '+5598912345678', false, 'Uruguay and Maranhão'],
  ['4321', '4321', false, 'too short to be sure'],
  ['', '', false, 'nothing'],
];

const person = (id: string, primaryPhone: string) => ({ id, displayName: null, primaryPhone, primaryEmail: null });
const whole = (id: string, primaryPhone: string) =>
  ({ ...person(id, primaryPhone), metadata: null }) as unknown as Person;

describe.each(PAIRS)('phones: %s and %s, same: %s (%s)', (a, b, same) => {
  test('compared', () => {
    expect([samePhone(a, b), samePhone(b, a)]).toEqual([same, same]);
  });
  test('duplicates: evidence', () => {
    const what = evidenceFor(
      { person: person('a', a), identities: [] },
      { person: person('b', b), identities: [] },
    ).map((one) => one.what);
    expect(what.some((one) => one === 'phone' || one === 'phone-ninth')).toBe(same);
    if (!same && a !== b) expect(what).toEqual(['other-phone']);
  });
  test('persons.merge: the phone that is not kept is lost unless it is the same', () => {
    const phone = fieldChoices(whole('a', a), whole('b', b), { primaryPhone: 'survivor' }).find(
      ({ field }) => field === 'primaryPhone',
    );
    if (a !== b && !same) expect(phone?.lost).toBe(b);
    if (same && b.length <= a.length && a.startsWith('+')) expect(phone?.lost).toBeNull();
  });
  test('search: the one is found by the other, at the first place', () => {
    if (same) expect(explain(b.replaceAll(/^(?=55\d{11}$)/g, '+'), person('a', a))).toEqual({ by: 'phone', rank: 0 });
  });
});

/** As `ILIKE` reads a pattern. */
function matches(value: string, pattern: string): boolean {
  const source = [...`%${pattern}%`].map((c) =>
    c === '%' ? '.*' : c === '_' ? '.' : c.replaceAll(/\W/g, String.raw`[$&]`),
  );
  return new RegExp(`^${source.join('')}$`, 'iu').test(value);
}

test.each(PAIRS.filter(([, , same]) => same))('search: Omni finds %s by %s', (stored, typed) => {
  const answers = searchPatterns(typed).patterns.map(({ text, keep }) => ({
    keep,
    hits: matches(stored, text) ? [person('a', stored)] : [],
  }));
  expect(rankHits(typed, answers).map(({ id }) => id)).toEqual(['a']);
});

const COUNTRIES =
  'PE ES MX AR US PT FR DE IT GB CH AT NL BE SE NO DK FI PL CZ SK HU RO BG GR TR RU UA IN CN JP KR ID AU NZ ZA NG CO CL UY'.split(
    ' ',
  ) as CountryCode[];

test('phones: of 40 countries, only true equals are equal, Brazilian lookalikes among them', () => {
  const wrong: string[] = [];
  const pairs = COUNTRIES.flatMap((country): [string, string, boolean][] => {
    const number = getExampleNumber(country, examples);
    if (!number) throw new Error(country);
    const other = `${number.number.slice(0, -1)}${(Number(number.number.at(-1)) + 1) % 10}`;
    return [
      [number.number, number.formatInternational(), true],
      [number.number, number.getURI().slice('tel:'.length), true],
      [number.number, `+55${number.nationalNumber}`, false],
      [number.number, `+55${number.number.slice(1)}`, false],
      [number.number, other, false],
    ];
  });
  expect(pairs).toHaveLength(200);
  for (const [a, b, same] of pairs)
    if (samePhone(a, b) !== same || samePhone(b, a) !== same) wrong.push(`${a} ${b} ${same}`);
  expect(wrong).toEqual([]);
});

describe('phones: what somebody types', () => {
  it.each([
    ['(11) 98765-4321', '+5511987654321'],
    ['11 98765 4321', '+5511987654321'],
    ['+55 11 98765-4321', '+5511987654321'],
    ['0 15 11 98765-4321', '+5511987654321'],
    ['(11) 3222-1000', '+551132221000'],
    ['51976543219', '+5551976543219'],
    ['+51 976 543 219', '+51976543219'],
    ['+52 1 55 1234 5678', '+525512345678'],
    ['+54 9 11 2345-6789', '+5491123456789'],
    ['+1 (650) 253-0000', '+16502530000'],
    ['+39 06 698 12345', '+390669812345'],
    ['0800 770 0001', '0800 770 0001'],
    ['4004-1234', '4004-1234'],
    ['190', '190'],
    ['\u202a+55 11 98765-4321\u202c', '+5511987654321'],
    ['５５ 98765-4321', '+5555987654321'],
    ['0055 11 98765-4321', '+5511987654321'],
    ['+55 (0) 11 98765-4321', '+5511987654321'],
    ['(11) 98765 \u2212 4321', '+5511987654321'],
    ['١١ ٩٨٧٦٥-٤٣٢١', '+5511987654321'],
    ['+870 773 111 222', '+870773111222'],
    ['(+55) 11 98765-4321', '+5511987654321'],
    ['( +51 ) 976 543 219', '+51976543219'],
    ['+39 06 6982', '+39066982'],
    ['+225 01 02 03 04 05', '+2250102030405'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+36 (06) 20 123 4567', '+36201234567'],
    ['+1 (876) 123-4567', '+18761234567'],
  ])('%s is stored as %s', (typed, stored) => expect(parsePhone(typed, 'BR')).toEqual({ ok: true, stored }));

  it.each([
    ['9988-1234', 'no_area_code', null],
    ['98765-4321', 'no_area_code', null],
    ['+55 98765-4321', 'no_area_code', null],
    ['98765-4321 (celular)', 'no_area_code', null],
    ['(10) 98765-4321', 'no_such_area', null],
    ['+5520987654321', 'no_such_area', null],
    ['(11) 18765-4321', 'no_such_number', null],
    ['(11) 3222-1000 ramal 12', 'extension', '+551132221000'],
    ['+1 650 253 0000 ext. 4', 'extension', '+16502530000'],
    ['+1 650 253 0000 x4', 'extension', '+16502530000'],
    ['casa: (11) 3222-1000', 'text_around', '+551132221000'],
    ['(11) 98765-4321 Ana', 'text_around', '+5511987654321'],
    ['(11) 3222-1000 / 3222-2000', 'too_long', null],
    ['123456', 'too_short', null],
    ['98765', 'too_short', null],
    ['4321', 'too_short', null],
    ['1 650 253 0000', 'no_country', '+16502530000'],
    ['52 1 55 1234 5678', 'no_country', '+525512345678'],
    ['+999 123 456 789', 'no_such_country', null],
    ['++5511987654321', 'too_long', null],
    ['(0xx11) 98765-4321', 'text_around', '+5511987654321'],
    ['https://wa.me/5511987654321', 'text_around', '+5511987654321'],
    ['call me', 'not_a_number', null],
    ['+56 (0)9 8765 4321', 'trunk_zero', '+56987654321'],
    ['+56 09 8765 4321', 'trunk_zero', '+56987654321'],
    ['+351 (0)912 345 678', 'trunk_zero', '+351912345678'],
    ['+34 (0)915 55 12 36', 'trunk_zero', '+34915551236'],
    ['+48 (0)22 123 45 67', 'trunk_zero', '+48221234567'],
    ['+420 (0)777 123 456', 'trunk_zero', '+420777123456'],
    ['+39 (0)347 123 4567', 'trunk_zero', '+393471234567'],
    ['+57 (0)300 1234567', 'trunk_zero', '+573001234567'],
    ['00 48 (0)22 123 45 67', 'trunk_zero', '+48221234567'],
    ['+55 00 11 98765-4321', 'trunk_zero', '+5511987654321'],
    ['', 'not_a_number', null],
  ])('%s is refused: %s', (typed, reason, meant) =>
    expect(parsePhone(typed, 'BR')).toEqual({ ok: false, reason, meant }),
  );

  it('of another default region is read by its rules', () => {
    expect(parsePhone('650 253 0000', 'US')).toEqual({ ok: true, stored: '+16502530000' });
    expect(parsePhone('253 0000', 'US')).toMatchObject({ reason: 'no_area_code' });
    expect(parsePhone('15 2345-6789', 'AR')).toMatchObject({ reason: 'no_area_code' });
    expect(parsePhone('123456', 'DE')).toMatchObject({ ok: false });
    expect(parsePhone('00 55 11 98765-4321', 'PT')).toEqual({ ok: true, stored: '+5511987654321' });
    expect(parsePhone('91 1 2345 6789', 'AR')).toMatchObject({ ok: true });
  });
});

describe('phones: what is shown', () => {
  it.each([
    ['+5511987654321', '(11) 98765-4321'],
    ['5511987654321', '(11) 98765-4321'],
    ['+55 (11) 98765-4321', '(11) 98765-4321'],
    ['+551187654321', '(11) 8765-4321'],
    ['+551132221000', '(11) 3222-1000'],
    ['+51976543219', '+51 976 543 219'],
    ['+16502530000', '+1 650 253 0000'],
    ['+5215512345678', '+52 55 1234 5678'],
    ['0800 770 0001', '0800 770 0001'],
    ['+870773111222', '+870 773 111 222'],
    ['+80012345678', '+800 1234 5678'],
    ['51976543219', null],
    ['98765-4321', null],
    ['call me', null],
  ])('%s as %s, in the list and on the record', (stored, text) => {
    expect(phoneText(stored)).toBe(text);
    expect(personRow({ ...person('a', stored), createdAt: '' }).phone).toEqual({ stored, text });
  });
});

describe('phones: handles', () => {
  it.each([
    ['whatsapp-baileys', '5511987654321@s.whatsapp.net', 'phone', '+5511987654321'],
    ['whatsapp-baileys', '5511987654321:12@s.whatsapp.net', 'phone', '+5511987654321'],
    ['whatsapp-baileys', '51976543219@s.whatsapp.net', 'phone', '+51976543219'],
    ['whatsapp-baileys', '551187654321@c.us', 'phone', '+5511987654321'],
    ['whatsapp-cloud', '14155552671', 'phone', '+14155552671'],
    ['twilio-whatsapp', 'whatsapp:+5511987654321', 'phone', '+5511987654321'],
    ['whatsapp-baileys', '5511987654321@lid', 'lid', null],
    ['whatsapp-baileys', '5511987654321@hosted.lid', 'hosted-lid', null],
    ['whatsapp-baileys', '5511987654321:3@hosted', 'id', null],
    ['whatsapp-baileys', '5511987654321', 'id', null],
    ['whatsapp-baileys', '120363041234567890@g.us', 'group', null],
    ['whatsapp-cloud', 'US.13491208655302741918', 'business-scoped', null],
    ['whatsapp-cloud', 'BR.ENT.11815799212886844830', 'business-scoped', null],
    ['whatsapp-business', 'AR.aBc123', 'business-scoped', null],
    ['whatsapp-cloud', 'br.silva2026', 'username', null],
    ['whatsapp-cloud', '@rosa', 'username', null],
    ['whatsapp-cloud', '+5511987654321', 'phone', '+5511987654321'],
    ['whatsapp-baileys', 'status@broadcast', 'id', null],
    ['whatsapp-baileys', '120363041234567890@newsletter', 'id', null],
    ['whatsapp-baileys', '867051314767696@bot', 'id', null],
    ['whatsapp-cloud', 'rosa.quispe', 'username', null],
    ['telegram', '5511987654321', 'id', null],
    ['telegram', '@joaos', 'username', null],
    ['discord', '308812715716749910', 'id', null],
    ['slack', 'U0123456789', 'id', null],
  ])('%s %s is a %s', (channel, platformUserId, kind, key) => {
    const handle = handleOf({ channel, platformUserId });
    expect([handle.kind, handle.phone?.key ?? null]).toEqual([kind, key]);
  });
});
