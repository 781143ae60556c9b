/** The common name of a time zone: "Brasilia Time", "Horário de Brasília", "UTC". `moment` in milliseconds. */
export function zoneName(timeZone: string, locale: string, moment: number): string {
  if (timeZone === 'UTC') return timeZone;
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(moment);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
