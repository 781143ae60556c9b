import { RecordDialogs } from '#components/persons/record/record-dialogs.tsx';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { channelName } from '#lib/persons/directory/channels.ts';

/** The dialogs of a record, with the names of what they are about. */
export async function RecordDialogsOf({ omni, id }: { omni: Omni; id: string }) {
  const presence = await getPresence(omni, id);
  const identities = presence.ok ? presence.value.identities : [];
  return (
    <RecordDialogs
      personId={id}
      identities={Object.fromEntries(
        identities.map((one) => [one.id, `${channelName(one.channel)} ${one.platformUserId}`]),
      )}
    />
  );
}
