import { Card } from '#components/ui/card.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import { channelName } from '#lib/persons/directory/channels.ts';

/** Stored activity per channel, in words: "unknown" is not "never". */
export async function PresenceByChannel({ byChannel }: { byChannel: Presence['byChannel'] }) {
  const t = await translations('person');
  const channels = Object.entries(byChannel);
  return (
    <Card id="presence" title={t('presence')}>
      <p className="mb-3 text-sm text-muted">{t('presence-note')}</p>
      {channels.length === 0 ? (
        <p>{t('never-seen')}</p>
      ) : (
        <dl className="divide-y">
          {channels.map(([channel, { messageCount, lastSeenAt }]) => (
            <div key={channel} className="flex flex-wrap justify-between gap-x-4 py-2 first:pt-0 last:pb-0">
              <dt className="font-medium">{channelName(channel)}</dt>
              <dd className="text-muted">
                {t('messages', { count: messageCount })} ·{' '}
                {lastSeenAt ? <Time at={lastSeenAt} /> : messageCount > 0 ? t('seen-unknown') : t('never-seen')}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
