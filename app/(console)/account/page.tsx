import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { OwnSessions } from '#components/session/request/own-sessions.tsx';
import { ProveNow } from '#components/session/sign-in/prove-now.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { PreferenceChoice } from '#components/shell/preference-choice.tsx';
import { Duration } from '#components/status/server-card.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { sessionLimits } from '#lib/session/session-state.ts';
import { listSessions } from '#lib/session/sessions.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { checkProofAction, endSessionAction } from './actions.ts';
import { PermissionsNote } from '#components/session/request/permissions-note.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('account'))('title') };
}

export default async function AccountPage() {
  const [{ session, credential }, t, tUi, jar] = await Promise.all([
    requireSession(),
    translations('account'),
    translations('ui'),
    cookies(),
  ]);
  const read = () =>
    storeAnswer(store().then((db) => listSessions(db, actorsOf(credential), Date.now(), sessionLimits())));
  return (
    <>
      <PageHeader title={t('title')} />
      <WithMessages of={['account', 'shell', 'problems', 'leave']}>
        <div className="grid gap-4 lg:grid-cols-2">
          <Card id="browser" title={t('this-browser')}>
            <PreferenceChoice
              theme={jar.get('theme')?.value ?? 'system'}
              density={jar.get('density')?.value ?? 'comfortable'}
            />
          </Card>
          <Card id="key" title={t('key')} aside={<ProveNow check={checkProofAction} />}>
            <Facts
              items={[
                ...(session.yourName ? [[t('name'), session.yourName] as const] : []),
                [t('key'), session.keyName],
                [t('server'), session.server.name],
                [
                  t('permissions'),
                  <ScopesInWords key="r" scopes={session.heldScopes} generation={session.capabilities.generation} />,
                ],
                [t('typed'), <Time key="p" at={session.lastProofAt} />],
                [t('idle'), <Duration key="i" minutes={session.idleMinutes} />],
                [t('ends'), <Time key="e" at={session.endsAt} absolute />],
              ]}
            />
            <PermissionsNote generation={session.capabilities.generation} />
            <p className="mt-3 text-sm text-muted">{t('proof-hint')}</p>
          </Card>
          <div className="lg:col-span-2">
            <Deferred
              of={read}
              fallback={<SkeletonCard title={t('sessions-of-key')} label={tUi('loading')} rows={3} />}
            >
              {(answer) =>
                answer.ok ? (
                  <Card id="sessions" title={t('sessions', { count: answer.value.length })} flush>
                    <OwnSessions
                      end={endSessionAction}
                      sessions={answer.value.map((row) => ({
                        sid: row.id,
                        here: row.id === session.sid,
                        browser: row.browser,
                        name: row.yourName ?? row.keyName,
                        since: <Time at={row.createdAt} absolute />,
                        seen: <Time at={row.lastSeenAt} />,
                      }))}
                    />
                  </Card>
                ) : (
                  <Card id="sessions" title={t('sessions-of-key')} flush>
                    <Problem error={answer.error} />
                  </Card>
                )
              }
            </Deferred>
          </div>
        </div>
      </WithMessages>
    </>
  );
}
