import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Person, PresenceSummary } from '#lib/omni/schemas/persons.ts';
import { visibleName } from '#lib/text/visible.ts';
import { channelName } from '#lib/persons/directory/channels.ts';

type Props = { person: Person; summary: PresenceSummary; badge?: ReactNode; actions?: ReactNode };

/** Name, id, channels, and when last seen; `badge` stands beside the name. */
export async function PersonHead({ person, summary, badge, actions }: Props) {
  const [t, tPersons] = await Promise.all([translations('person'), translations('persons')]);
  const name = visibleName(person.displayName);
  return (
    <header className="flex flex-wrap items-center gap-4 pb-6">
      <Avatar name={name} large />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="break-words">
            {name ? <bdi>{name}</bdi> : <span className="font-normal text-muted italic">{tPersons('no-name')}</span>}
          </h1>
          {badge}
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <CopyId value={person.id} />
          {summary.activeChannels.map((channel) => (
            <Badge key={channel}>{channelName(channel)}</Badge>
          ))}
          <span>
            {summary.lastSeenAt ? (
              <>
                {t('last-seen')} <Time at={summary.lastSeenAt} />
              </>
            ) : summary.totalIdentities > 0 && summary.totalMessages > 0 ? (
              t('seen-unknown')
            ) : (
              t('never-seen')
            )}
          </span>
        </div>
      </div>
      {actions ? <div className="ml-auto flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}
