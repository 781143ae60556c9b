import { keep } from '#lib/text/keep.ts';

const namer = keep(16, (localeAndZone) => {
  const [locale, timeZone] = localeAndZone.split(' ');
  return new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' });
});

/** The common name of a time zone: "Brasilia Time", "Horário de Brasília", "UTC". `moment` in milliseconds. */
export function zoneName(timeZone: string, locale: string, moment: number): string {
  if (timeZone === 'UTC') return timeZone;
  const parts = namer(`${locale} ${timeZone}`).formatToParts(moment);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
