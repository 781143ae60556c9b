import { requestZone, translations } from '#lib/i18n/server.ts';

/** Names the time zone of a list's times, once below the list. */
export async function ZoneNote({ className = 'mt-2' }: { className?: string }) {
  const [t, zone] = await Promise.all([translations('ui'), requestZone()]);
  return <p className={`text-sm text-muted ${className}`}>{t('time-zone', { zone })}</p>;
}
