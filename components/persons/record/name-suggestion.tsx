import { getPresence } from '#lib/omni/resources/persons.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { visibleName } from '#lib/text/visible.ts';
import { UseName } from './use-name.tsx';

/** The name that a channel has for somebody without one; nothing where no channel has any. */
export async function NameSuggestion({ omni, id }: { omni: Omni; id: string }) {
  const presence = await getPresence(omni, id);
  if (!presence.ok) return null;
  const found = presence.value.identities.flatMap(({ platformUsername, channel }) => {
    const name = visibleName(platformUsername);
    return name && !name.startsWith('@') ? [{ name, channel: channelName(channel) }] : [];
  });
  return found[0] ? <UseName personId={id} stored={presence.value.person.displayName} {...found[0]} /> : null;
}
