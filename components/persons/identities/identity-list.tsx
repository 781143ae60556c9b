import { Link2 } from 'lucide-react';
import { AddressText } from '#components/persons/directory/address-text.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { Time } from '#components/ui/time.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { WriteLink } from '#components/ui/write-link.tsx';
import { translations } from '#lib/i18n/server.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import type { Identity } from '#lib/omni/schemas/persons.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { handleOf } from '#lib/persons/directory/handle.ts';
import { textOfPhone } from '#lib/text/phone-text.ts';
import { IdentityMenu } from './identity-menu.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

type Props = { omni: Omni; id: string; locked?: Locked | undefined };

/** The identities of a person with what Omni has stored of their activity, and what can be done with each. */
export async function IdentityList({ omni, id, locked }: Props) {
  const [t, presence, instances] = await Promise.all([
    translations('person'),
    getPresence(omni, id),
    instancesSnapshot(omni),
  ]);
  const names = new Map(instances.ok ? instances.value.map(({ id: one, name }) => [one, name]) : []);
  const all = presence.ok ? presence.value.identities : [];
  return (
    <Card
      plain
      id="identities"
      title={
        <>
          {t('identities')} {presence.ok ? <span className="font-normal text-muted">{all.length}</span> : null}
        </>
      }
      aside={
        all.length > 0 ? (
          <WriteLink
            href={`/persons/link?from=${id}`}
            locked={locked}
            className="inline-flex min-h-target items-center gap-1 text-sm text-accent-text hover:underline"
          >
            <Link2 aria-hidden className="size-3.5" />
            {t('link-one')}
          </WriteLink>
        ) : null
      }
    >
      {presence.ok ? null : <NotSeenLine plain part="identities" seen={notSeenOf(presence.error)} />}
      {presence.ok && all.length === 0 ? <p className="text-muted">{t('no-identities')}</p> : null}
      {instances.ok || all.length === 0 ? null : (
        <NotSeenLine plain part="instances" seen={notSeenOf(instances.error)} />
      )}
      <ul>
        {all.map((identity) => (
          <IdentityRow
            key={identity.id}
            identity={identity}
            personId={id}
            instance={names.get(identity.instanceId ?? '')}
            locked={locked}
          />
        ))}
      </ul>
    </Card>
  );
}

type RowProps = { identity: Identity; personId: string; instance: string | undefined; locked: Locked | undefined };

async function IdentityRow({ identity, personId, instance, locked }: RowProps) {
  const t = await translations('person');
  const { kind, phone } = handleOf(identity);
  const { platformUserId: handle, platformUsername, messageCount, lastSeenAt, confidence, linkedBy } = identity;
  const how = linkedBy && t.has(`linked-by.${linkedBy}` as never) ? linkedBy : 'other';
  const unsure = confidence !== null && confidence < 100;
  return (
    <li className="flex items-start gap-x-2 py-1">
      <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-3">
        <span className="w-20 shrink-0">{channelName(identity.channel)}</span>
        <span className="w-32 shrink-0 text-muted max-sm:w-auto">{instance ?? t('unknown-instance')}</span>
        <span className="min-w-0 flex-[1_1_12rem]">
          {phone ? <span className="mr-1 whitespace-nowrap">{textOfPhone(phone)}</span> : null}{' '}
          <span className="text-muted">
            <AddressText mono text={handle} />
          </span>
          {platformUsername ? <bdi className="ml-2 break-words">{platformUsername}</bdi> : null}
          {kind === 'phone' || kind === 'id' ? null : (
            <span className="ml-2">
              <Badge>{t(`handle-kind.${kind}`)}</Badge>
            </span>
          )}
          {unsure || linkedBy === 'manual' ? (
            <span className="ml-2 text-sm text-muted">
              {t('linked-how', { how: t(`linked-by.${how}` as never, { how: linkedBy ?? '' } as never) })}
              {unsure ? ` · ${t('sure', { percent: confidence })}` : ''}
            </span>
          ) : null}
        </span>
        <span className="shrink-0 text-sm text-muted">{t('messages', { count: messageCount })}</span>
        <span className="w-24 shrink-0 text-sm text-muted max-sm:w-auto">
          {lastSeenAt ? <Time at={lastSeenAt} /> : t(messageCount > 0 ? 'seen-unknown' : 'never-seen')}
        </span>
      </div>
      <IdentityMenu
        name={`${channelName(identity.channel)} ${handle}`}
        handle={handle}
        identityId={identity.id}
        personId={personId}
        locked={locked}
      />
    </li>
  );
}
