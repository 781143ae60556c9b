import { KeyRound } from 'lucide-react';
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { StartRotation } from '#components/keys/rotate/start-rotation.tsx';
import { RotationsUnderWay } from '#components/keys/rotate/rotations-under-way.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { ChooseKey } from '#components/keys/rotate/choose-key.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard, SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { capabilityOf } from '#lib/keys/list/capability.ts';
import { KeyBarred } from '#components/keys/list/key-barred.tsx';
import { shownKeyName } from '#lib/keys/list/listed-key.ts';
import { sameLifetime } from '#lib/keys/rotate/rotate-rules.ts';
import { rotationsOfKey, rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import { readUseBefore } from '#lib/keys/rotate/rotation-progress.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { requireLiveKey, requirePage, type Signed } from '#lib/session/request/guard.ts';
import { othersWithKey } from '#lib/session/sessions-of-key.ts';
import { sessionLimits } from '#lib/session/session-state.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { acknowledgeAction, createForRotationAction } from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('rotation'))('title') };
}

export default async function RotatePage({ searchParams }: PageProps<'/keys/rotate'>) {
  const [signed, { key }] = await Promise.all([requirePage('/keys/rotate'), searchParams]);
  if (!isUuid(key)) {
    await requireLiveKey();
    return <AllUnderWay server={signed.session.server.id} />;
  }
  return <OfKey signed={signed} id={key.toLowerCase()} />;
}

async function AllUnderWay({ server }: { server: string }) {
  const [t, tUi] = await Promise.all([translations('rotation'), translations('ui')]);
  return (
    <>
      <BackLink href="/keys">{t('all-keys')}</BackLink>
      <PageHeader title={t('title')} />
      <Deferred
        of={() => storeAnswer(store().then((db) => rotationsUnderWay(db, server)))}
        fallback={
          <div className="rounded border bg-surface">
            <SkeletonRows rows={3} label={tUi('loading')} />
          </div>
        }
      >
        {(rows) =>
          rows.ok && rows.value.length > 0 ? (
            <RotationsUnderWay rows={rows.value} />
          ) : rows.ok ? (
            <WithMessages of={['picker']}>
              <ChooseKey question={t('which')} hint={t('which-hint')} />
            </WithMessages>
          ) : (
            <FramedProblem error={rows.error} />
          )
        }
      </Deferred>
    </>
  );
}

async function OfKey({ signed, id }: { signed: Signed; id: string }) {
  const { omni, session } = signed;
  const [t, tUi, say, seen, now, db] = await Promise.all([
    translations('rotation'),
    translations('ui'),
    requestSay(),
    seeKey(omni, id),
    omniNow(omni),
    store(),
  ]);
  if (!seen.ok) return <Problem page error={seen.error} />;
  const { key, own } = seen.value;
  const name = shownKeyName(key);
  const underWay = await rotationsOfKey(db, session.server.id, id, { open: true, as: 'old' });
  const barred = capabilityOf(seen.value, { scopes: session.heldScopes, now, ending: null }).rotate;
  const readUse = () =>
    Promise.all([
      readUseBefore(omni, id, now),
      othersWithKey(db, omni, { server: session.server.id, id, except: session.sid }, Date.now(), sessionLimits()),
    ]);
  return (
    <>
      <BackToKey id={id} name={name} />
      <PageHeader title={t('heading', { name })} />
      {underWay.length > 0 ? (
        <Frame>
          <ListState icon={KeyRound} title={t('in-progress')}>
            {t('in-progress-help')}
          </ListState>
          <RotationsUnderWay rows={underWay} />
        </Frame>
      ) : barred ? (
        <KeyBarred id={id} deed="rotate" barred={barred} say={say} />
      ) : (
        <WithMessages
          of={['rotation', 'key-use', 'seen', 'form', 'problems', 'ui']}
          starts={['keys.create-for-rotation']}
        >
          <Deferred of={readUse} fallback={<SkeletonCard title={t('title')} label={tUi('loading')} rows={5} />}>
            {([use, others]) => (
              <StartRotation
                id={randomUUID()}
                old={{ id, name: key.name, prefix: key.keyPrefix, expiresAt: key.expiresAt }}
                own={own}
                others={others.map(({ name }) => name)}
                now={now}
                use={use}
                sameLifetime={sameLifetime(key, now)}
                permissions={<ScopesInWords scopes={key.scopes} generation={session.capabilities.generation} />}
                actions={{ create: createForRotationAction, acknowledge: acknowledgeAction }}
              />
            )}
          </Deferred>
        </WithMessages>
      )}
    </>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return <div className="space-y-3 rounded border bg-surface p-2">{children}</div>;
}
