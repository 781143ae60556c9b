import { RecordDialogs } from '#components/persons/record/record-dialogs.tsx';
import { blocks, inForce } from '#lib/access/rules/access-rules.ts';
import { rulesAbout } from '#lib/access/rules/blocked.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { calledIdentity } from '#lib/persons/record/person-record.ts';
import type { Session } from '#lib/session/session.ts';

type Props = { omni: Omni; session: Session; id: string; name: string };

/** The dialogs of a record, with the names of what they are about. */
export async function RecordDialogsOf({ omni, session, id, name }: Props) {
  const [presence, access, instances] = await Promise.all([
    getPresence(omni, id),
    readAccess(omni, session),
    instancesSnapshot(omni),
  ]);
  const identities = presence.ok ? presence.value.identities : [];
  const theirs = new Set(identities.map(({ instanceId }) => instanceId));
  const rules =
    access.is === 'read'
      ? rulesAbout(access.read, id, identities).filter((rule) => blocks(rule) && inForce(rule, access.read.now))
      : [];
  const places = Map.groupBy(rules, ({ instanceId }) => instanceId ?? 'all');
  return (
    <RecordDialogs
      personId={id}
      name={name}
      identities={Object.fromEntries(identities.map((one) => [one.id, calledIdentity(one)]))}
      instances={(instances.ok ? instances.value : []).flatMap(({ id: one, name: called }) =>
        theirs.has(one) ? [{ id: one, name: called }] : [],
      )}
      blocking={Object.fromEntries([...places].map(([place, all]) => [place, all.map((rule) => rule.id)]))}
    />
  );
}
