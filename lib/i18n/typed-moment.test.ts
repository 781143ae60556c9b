import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { momentText, readMoment, stepMoment } from './typed-moment.ts';

const EN = { locale: 'en', timeZone: 'UTC' };
const PT = { locale: 'pt-BR', timeZone: 'UTC' };
const read = (typed: string, options: Parameters<typeof readMoment>[1]) => {
  const moment = readMoment(typed, options);
  return moment.ok ? moment.iso : moment.problem;
};

describe('typed moment', () => {
  it.each([
    ['12312027', EN, '2027-12-31T23:59:00.000Z'],
    ['\u200e12/31/2027', EN, '2027-12-31T23:59:00.000Z'],
    ['１２/３１/２０２７', EN, '2027-12-31T23:59:00.000Z'],
    ['31122027', PT, '2027-12-31T23:59:00.000Z'],
    ['12/31/2027', EN, '2027-12-31T23:59:00.000Z'],
    ['31/12/2027 23:59', PT, '2027-12-31T23:59:00.000Z'],
    ['12/31/2027 11:59 PM', EN, '2027-12-31T23:59:00.000Z'],
    ['12/31/2027, 12:05 am', EN, '2027-12-31T00:05:00.000Z'],
    ['1.2.2028 8h30', PT, '2028-02-01T08:30:00.000Z'],
    ['2027-12-31T08:00', EN, '2027-12-31T08:00:00.000Z'],
    ['2027-12-31 8', PT, '2027-12-31T08:00:00.000Z'],
    ['02/29/2028', EN, '2028-02-29T23:59:00.000Z'],
    ['31/12/2027, 23:59:30', PT, '2027-12-31T23:59:00.000Z'],
    ['31/12/2027 às 8h', PT, '2027-12-31T08:00:00.000Z'],
    ['12/31/2027, 11:59:59\u202fPM', EN, '2027-12-31T23:59:00.000Z'],
    ['2027-12-31T23:59:59.999Z', PT, '2027-12-31T23:59:00.000Z'],
    ['2027-12-31T23:59:00-03:00', EN, '2028-01-01T02:59:00.000Z'],
  ])('%s in %o is %s', (typed, options, iso) => expect(read(typed, options)).toBe(iso));

  it.each([
    ['', 'not-a-date'],
    ['soon', 'not-a-date'],
    ['1231', 'not-a-date'],
    ['12/31/27', 'year'],
    ['12/31/0027', 'year'],
    ['31/12/2027', 'no-such-date'],
    ['02/29/2027', 'no-such-date'],
    ['12/31/2027 25:00', 'no-such-date'],
    ['12/31/2027 13:00 PM', 'not-a-date'],
    ['12/31/2027 tomorrow', 'not-a-date'],
    ['12/31/27', 'year'],
    ['01/01/0099', 'year'],
    ['12/31/2027 24:00', 'no-such-date'],
    ['29.02.2027', 'no-such-date'],
    ['02/29/2027', 'no-such-date'],
    ['20271231', 'no-such-date'],
    ['3112027', 'not-a-date'],
    ['12/31/20270', 'not-a-date'],
    ['amanhã', 'not-a-date'],
    ['12/31/2027 23:59:99:10', 'not-a-date'],
    ['2027-13-31T23:59:00Z', 'not-a-date'],
  ])('%j is refused: %s', (typed, problem) => expect(read(typed, EN)).toBe(problem));

  it('is not past the latest, nor before the earliest', () => {
    const bounds = { ...EN, min: '2027-01-01T00:00:00.000Z', max: '2030-01-01T00:00:00.000Z' };
    expect(read('12/31/9999 23:59', bounds)).toBe('too-late');
    expect(read('12/31/2026', bounds)).toBe('too-early');
    expect(read('12/31/2029', bounds)).toBe('2029-12-31T23:59:00.000Z');
  });

  it.each([
    ['America/New_York', '03/14/2027 02:30', 'missing'],
    ['America/New_York', '03/14/2027 03:00', '2027-03-14T07:00:00.000Z'],
    ['America/Sao_Paulo', '11/04/2018 00:30', 'missing'],
    ['America/Sao_Paulo', '03/14/2027 02:30', '2027-03-14T05:30:00.000Z'],
    ['Asia/Kolkata', '03/14/2027 02:30', '2027-03-13T21:00:00.000Z'],
    ['Pacific/Auckland', '09/26/2027 02:30', 'missing'],
    ['Pacific/Auckland', '03/14/2027 02:30', '2027-03-13T13:30:00.000Z'],
    ['Australia/Lord_Howe', '10/03/2027 02:15', 'missing'],
    ['Asia/Kathmandu', '01/01/2027 00:00', '2026-12-31T18:15:00.000Z'],
    ['Asia/Kathmandu', '01/01/1986 00:05', 'missing'],
    ['Pacific/Apia', '12/30/2011 12:00', 'missing'],
    ['Antarctica/Troll', '03/28/2027 01:30', 'missing'],
    ['Pacific/Kiritimati', '01/01/2027 00:00', '2026-12-31T10:00:00.000Z'],
    ['Pacific/Niue', '01/01/2027 00:00', '2027-01-01T11:00:00.000Z'],
  ])('in %s, %s is %s', (timeZone, typed, expected) => expect(read(typed, { locale: 'en', timeZone })).toBe(expected));

  it.each([
    ['America/New_York', '11/07/2027 01:30', '2027-11-07T05:30:00.000Z', true],
    ['America/New_York', '11/07/2027 03:30', '2027-11-07T08:30:00.000Z', false],
    ['Pacific/Auckland', '04/04/2027 02:30', '2027-04-03T13:30:00.000Z', true],
    ['Australia/Lord_Howe', '04/04/2027 01:45', '2027-04-03T14:45:00.000Z', true],
    ['Asia/Kolkata', '11/07/2027 01:30', '2027-11-06T20:00:00.000Z', false],
  ])('in %s, %s is the first of two where clocks are set back', (timeZone, typed, iso, doubled) =>
    expect(readMoment(typed, { locale: 'en', timeZone })).toEqual({ ok: true, iso, doubled }),
  );

  it.each([
    ['12/31/2027 11:59 PM', 4, 1, EN, '01/01/2028 11:59 PM', [3, 5]],
    ['12/31/2027 11:59 PM', 0, -1, EN, '11/30/2027 11:59 PM', [0, 2]],
    ['01/31/2027 11:59 PM', 0, 1, EN, '02/28/2027 11:59 PM', [0, 2]],
    ['02/29/2028 11:59 PM', 8, 1, EN, '02/28/2029 11:59 PM', [6, 10]],
    ['31/03/2027 23:59', 4, -1, PT, '28/02/2027 23:59', [3, 5]],
    ['31/12/2027 23:59', 4, 1, PT, '31/01/2028 23:59', [3, 5]],
    ['31/12/2027 23:59', 0, 1, PT, '01/01/2028 23:59', [0, 2]],
    ['31/12/2027 23:59', 12, 1, PT, '01/01/2028 00:59', [11, 13]],
    ['12/31/2027 11:59 PM', 19, -1, EN, '12/31/2027 11:59 AM', [17, 19]],
    ['12312027', 3, 1, EN, '01/01/2028 11:59 PM', [3, 5]],
  ] as const)('%s, an arrow at %d: %d', (typed, caret, by, options, text, [from, to]) =>
    expect(stepMoment(typed, caret, by, options)).toEqual({ text, from, to }),
  );

  it('no arrow makes a moment of what is none', () => expect(stepMoment('soon', 0, 1, EN)).toBeNull());

  test('what the field shows is read as the same minute, except in an hour that comes twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2100-01-01') }),
        fc.constantFrom('en', 'pt-BR'),
        fc.constantFrom('UTC', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Auckland'),
        (at, locale, timeZone) => {
          const iso = new Date(Math.floor(at / 60_000) * 60_000).toISOString();
          const again = readMoment(momentText(iso, { locale, timeZone }), { locale, timeZone });
          if (!again.ok) throw new Error(`${iso}: ${again.problem}`);
          if (again.iso !== iso) expect(again.doubled).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
