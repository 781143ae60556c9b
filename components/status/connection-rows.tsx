import { Unplug } from 'lucide-react';
import { LinkRow } from '#components/ui/link-row.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Connections } from '#lib/omni/resources/connections.ts';
import { channelName } from '#lib/persons/directory/channels.ts';

/** Disconnected instances, each with a link to its routes. */
export async function ConnectionRows({ down, mayRoutes }: { down: Connections['down']; mayRoutes: boolean }) {
  const t = await translations('home');
  return (
    <ul className="divide-y">
      {down.map(({ instance, state }) => (
        <LinkRow
          key={instance.id}
          href={mayRoutes ? `/routes?instance=${instance.id}` : '/status'}
          icon={<Unplug aria-hidden className="text-danger" />}
          title={instance.name}
        >
          {t('connections.down', { channel: channelName(instance.channel), state })}
        </LinkRow>
      ))}
    </ul>
  );
}
