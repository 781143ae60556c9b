import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Time } from '#components/ui/time.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Session } from '#lib/session/session.ts';
import { Duration } from './server-card.tsx';

/** The key of this session, its permissions, and how long the session lasts. */
export async function KeyCard({ session }: { session: Session }) {
  const t = await translations('status');
  return (
    <Card id="key" title={t('your-key')}>
      <Facts
        items={[
          [t('name'), session.keyName],
          [t('permissions'), <ScopesInWords key="permissions" scopes={session.scopes} />],
          [t('signed-in'), <Time key="s" at={session.createdAt} absolute />],
          [t('idle-limit'), <Duration key="i" minutes={session.idleMinutes} />],
          [t('absolute-limit'), <Time key="e" at={session.endsAt} absolute />],
        ]}
      />
    </Card>
  );
}
