import { Fingerprint, Link2, Unlink2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Time } from '#components/ui/time.tsx';
import { anyKey } from '#lib/i18n/any-key.ts';
import { formatter, translations } from '#lib/i18n/server.ts';
import type { Identity } from '#lib/omni/schemas/persons.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { handleOf } from '#lib/persons/directory/handle.ts';
import { textOfPhone } from '#lib/text/phone-text.ts';
import { WriteLink } from '#components/ui/write-link.tsx';

type Props = {
  identities: readonly Identity[];
  instanceNames: ReadonlyMap<string, string>;
  personId: string;
  locked?: string;
};

/** The identities of a person: channel, instance, handle, messages, and how each was linked. */
export async function IdentityCards({ identities, instanceNames, personId, locked }: Props) {
  const t = await translations('person');
  return (
    <Card
      id="identities"
      title={t('identities')}
      aside={<span className="text-sm text-muted">{t('identities-count', { count: identities.length })}</span>}
      flush
    >
      {identities.length === 0 ? (
        <ListState icon={Fingerprint} title={t('identities-count', { count: 0 })}>
          {t('no-identities')}
        </ListState>
      ) : (
        <ul className="divide-y">
          {identities.map((identity) => (
            <IdentityCard
              key={identity.id}
              identity={identity}
              instance={instanceNames.get(identity.instanceId ?? '')}
              actions={<IdentityActions personId={personId} identityId={identity.id} locked={locked} />}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

type CardProps = { identity: Identity; instance: string | undefined; actions: ReactNode };

async function IdentityCard({ identity, instance, actions }: CardProps) {
  const [t, format] = await Promise.all([translations('person'), formatter()]);
  const { kind, phone } = handleOf(identity);
  const how = { how: identity.linkedBy ?? '' };
  const linked = anyKey(t)(`linked-by.${identity.linkedBy ?? 'other'}`, how) ?? anyKey(t)('linked-by.other', how);
  return (
    <li className="p-4">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="accent">{channelName(identity.channel)}</Badge>
        <span className="grow text-sm text-muted">{instance ?? t('unknown-instance')}</span>
        {actions}
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 text-sm">
        {phone ? <span className="whitespace-nowrap">{textOfPhone(phone)}</span> : null}
        {kind === 'phone' || kind === 'id' ? null : <Badge>{t(`handle-kind.${kind}`)}</Badge>}
        <CopyId value={identity.platformUserId} label={t('handle')} keep={16} />
      </div>
      <dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-3">
        <Fact term={t('username')} value={identity.platformUsername ?? t('empty')} />
        <Fact
          term={t('linked')}
          value={`${linked}${identity.confidence === null ? '' : ` · ${t('sure', { percent: identity.confidence })}`}`}
        />
        <Fact term={t('messages-label')} value={format.number(identity.messageCount)} />
        <Fact
          term={t('first-seen')}
          value={identity.firstSeenAt ? <Time at={identity.firstSeenAt} /> : t('seen-unknown')}
        />
        <Fact
          term={t('last-seen')}
          value={
            identity.lastSeenAt ? (
              <Time at={identity.lastSeenAt} />
            ) : identity.messageCount > 0 ? (
              t('seen-unknown')
            ) : (
              t('never-seen')
            )
          }
        />
      </dl>
    </li>
  );
}

function Fact({ term, value }: { term: string; value: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type ActionProps = { personId: string; identityId: string; locked?: string };

async function IdentityActions({ personId, identityId, locked }: ActionProps) {
  const t = await translations('person');
  const className = buttonClass({ size: 'sm', variant: 'ghost' });
  return (
    <span className="flex flex-wrap">
      <WriteLink
        href={`/persons/unlink?person=${personId}&identity=${identityId}`}
        locked={locked}
        className={className}
      >
        <Unlink2 aria-hidden className="size-3.5" />
        {t('unlink')}
      </WriteLink>
      <WriteLink href={`/persons/link?from=${personId}&identity=${identityId}`} locked={locked} className={className}>
        <Link2 aria-hidden className="size-3.5" />
        {t('link')}
      </WriteLink>
    </span>
  );
}
