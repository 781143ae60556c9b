import { Card } from '#components/ui/card.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { translations } from '#lib/i18n/server.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readConnections } from '#lib/omni/resources/connections.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { StateList, type StateLine } from './state-list.tsx';

const DEADLINE_MS = 3000;

/** Every instance the key sees, and whether it is connected: those that are not come first. */
export async function InstancesCard({ omni }: { omni: Omni }) {
  const [t, instances] = await Promise.all([translations('status'), instancesSnapshot(omni)]);
  if (!instances.ok)
    return (
      <Card id="instances" title={t('instances')} flush>
        <NotSeenLine part="instances" seen={notSeenOf(instances.error)} />
      </Card>
    );
  const { up, down, silent, unread } = await readConnections(omni, instances.value, DEADLINE_MS);
  const inactive = instances.value.filter(({ isActive }) => isActive === false);
  const line = ({ id, name, channel }: Instance, tone: StateLine['tone'], state: string): StateLine => {
    return { id, name, about: channelName(channel), tone, state, href: `/routes?instance=${id}` };
  };
  const lines = [
    ...down.map(({ instance, state }) => line(instance, 'danger', t('connection.down', { state }))),
    ...unread.map((one) => line(one, 'unknown', t('connection.unread'))),
    ...silent.map((one) => line(one, 'unknown', t('connection.silent'))),
    ...up.map((one) => line(one, 'good', t('connection.up'))),
    ...inactive.map((one) => line(one, 'plain', t('connection.inactive'))),
  ];
  return (
    <Card id="instances" title={t('instances')} flush>
      {lines.length > 0 ? (
        <StateList label={t('instances')} lines={lines} />
      ) : (
        <p className="px-4 py-3 text-muted">{t('no-instances')}</p>
      )}
    </Card>
  );
}
