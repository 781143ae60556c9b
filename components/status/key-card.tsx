import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Time } from '#components/ui/time.tsx';
import { PermissionsNote } from '#components/session/request/permissions-note.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Session } from '#lib/session/session.ts';
import { Duration } from './server-card.tsx';

function Permissions({ session }: { session: Session }) {
  return (
    <>
      <ScopesInWords scopes={session.heldScopes} generation={session.capabilities.generation} />
      <PermissionsNote generation={session.capabilities.generation} />
    </>
  );
}

/** The key of this session, its permissions, and how long the session lasts. */
export async function KeyCard({ session }: { session: Session }) {
  const t = await translations('status');
  return (
    <Card id="key" title={t('your-key')}>
      <Facts
        items={[
          [t('name'), session.keyName],
          [t('permissions'), <Permissions key="permissions" session={session} />],
          [t('signed-in'), <Time key="s" at={session.createdAt} absolute />],
          [t('idle-limit'), <Duration key="i" minutes={session.idleMinutes} />],
          [t('absolute-limit'), <Time key="e" at={session.endsAt} absolute />],
        ]}
      />
    </Card>
  );
}
