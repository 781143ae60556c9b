import { RuleDialogs } from '#components/access/change/rule-dialogs.tsx';
import { RecordDialogs } from '#components/persons/record/record-dialogs.tsx';
import { blocks, inForce } from '#lib/access/rules/access-rules.ts';
import { rulesAbout } from '#lib/access/rules/blocked.ts';
import { listRules } from '#lib/access/rules/listed-rule.ts';
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
  const about = access.is === 'read' ? rulesAbout(access.read, id, identities) : [];
  const now = access.is === 'read' ? access.read.now : 0;
  const places = Map.groupBy(
    about.filter((rule) => blocks(rule) && inForce(rule, now)),
    ({ instanceId }) => instanceId ?? 'all',
  );
  const lines = access.is === 'read' ? listRules(access.read.rules, access.read.instances, now) : [];
  const all = instances.ok ? instances.value.map((one) => ({ id: one.id, name: one.name })) : [];
  return (
    <>
      <RecordDialogs
        personId={id}
        name={name}
        identities={Object.fromEntries(identities.map((one) => [one.id, calledIdentity(one)]))}
        instances={all.filter((one) => theirs.has(one.id))}
        blocking={Object.fromEntries([...places].map(([place, of]) => [place, of.map((rule) => rule.id)]))}
      />
      <RuleDialogs
        rules={lines.filter((line) => about.some((rule) => rule.id === line.id))}
        instances={all}
        people={{ [id]: name }}
      />
    </>
  );
}
