import { formatter } from '#lib/i18n/server.ts';

const UNITS = { style: 'long' } as const;

type Props = {
  at: string | number;
  absolute?: boolean;
  /** Both in the text, for what one looks up by its exact time. */
  both?: boolean;
  /** The day alone, as short as it can be told; the rest on hover. */
  day?: boolean;
};

/** The year stands where it is another one. */
function dayOf(date: Date) {
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return { month: 'short', day: 'numeric', year } as const;
}

/** A moment: relative in the text ("3 days ago"), exact with its time zone on hover and for machines. */
export async function Time({ at, absolute = false, both = false, day = false }: Props) {
  const format = await formatter();
  const date = new Date(at);
  const exact = format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' });
  const zone = format.dateTime(date, { timeZoneName: 'short' }).split(' ').at(-1);
  return (
    <time dateTime={date.toISOString()} title={`${exact} ${zone}`} className={both ? '' : 'whitespace-nowrap'}>
      {both ? `${format.relativeTime(date, UNITS)} · ` : ''}
      {day
        ? format.dateTime(date, dayOf(date))
        : absolute || both
          ? `${exact} ${zone}`
          : format.relativeTime(date, UNITS)}
    </time>
  );
}
