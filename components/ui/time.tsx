import { formatter } from '#lib/i18n/server.ts';

const UNITS = { style: 'long' } as const;

/** A moment: relative in the text ("3 days ago"), exact with its time zone on hover and for machines. */
export async function Time({ at, absolute = false }: { at: string | number; absolute?: boolean }) {
  const format = await formatter();
  const date = new Date(at);
  const exact = format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' });
  const zone = format.dateTime(date, { timeZoneName: 'short' }).split(' ').at(-1);
  return (
    <time dateTime={date.toISOString()} title={`${exact} ${zone}`} className="whitespace-nowrap">
      {absolute ? `${exact} ${zone}` : format.relativeTime(date, UNITS)}
    </time>
  );
}
