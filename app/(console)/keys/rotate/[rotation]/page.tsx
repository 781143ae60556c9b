import type { Metadata } from 'next';
import { forbidden, notFound } from 'next/navigation';
import { RotationMenu } from '#components/keys/rotate/cancel-rotation.tsx';
import { Rotation } from '#components/keys/rotate/rotation.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { ZoneNote } from '#components/ui/zone-note.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { shownKeyName } from '#lib/keys/list/listed-key.ts';
import { readRotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import { seeRotation } from '#lib/keys/rotate/rotations.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { othersWithKey } from '#lib/session/sessions-of-key.ts';
import { sessionLimits } from '#lib/session/session-state.ts';
import { store } from '#lib/store/database.ts';
import {
  acknowledgeAction,
  closeRotationAction,
  reconcileRotationAction,
  setQuietMinutesAction,
} from '#app/(console)/keys/rotate/actions.ts';
import { needsScope } from '#components/ui/locked/locked.ts';

const ACTIONS = {
  acknowledge: acknowledgeAction,
  setQuietMinutes: setQuietMinutesAction,
  close: closeRotationAction,
  reconcile: reconcileRotationAction,
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('rotation'))('title') };
}

export default async function RotationPage({ params }: PageProps<'/keys/rotate/[rotation]'>) {
  const [signed, { rotation }, t, tUi, format, { timeZone }] = await Promise.all([
    requirePage('/keys/rotate/[rotation]'),
    params,
    translations('rotation'),
    translations('ui'),
    formatter(),
    requestIntl(),
  ]);
  const { session, omni } = signed;
  const db = await store();
  const row = await seeRotation(db, omni, { server: session.server.id, scopes: session.scopes }, rotation);
  if (row === 'forbidden') forbidden();
  if (!row) notFound();
  const name = shownKeyName({ id: row.oldKeyId, name: row.keyName });
  const read = () =>
    Promise.all([
      readRotationProgress(db, omni, row),
      othersWithKey(
        db,
        omni,
        { server: row.server, id: row.oldKeyId, except: session.sid },
        Date.now(),
        sessionLimits(),
      ),
    ]);
  const locked = allows(session.scopes, 'keys:write') === 'no' ? needsScope(tUi, 'keys:write') : undefined;
  return (
    <>
      <BackToKey id={row.oldKeyId} name={name} />
      <PageHeader
        title={t('heading', { name })}
        lead={t('lead-rotation', { ago: format.relativeTime(new Date(row.createdAt)), who: row.who })}
        actions={
          row.newKeyId !== null && row.closedAt === null ? (
            <WithMessages of={['rotation', 'ui']}>
              <RotationMenu locked={locked} />
            </WithMessages>
          ) : null
        }
      />
      <WithMessages
        of={['rotation', 'key-use', 'seen', 'form', 'problems', 'ui']}
        starts={['keys.revoke', 'keys.set-expiry', 'keys.cancel-rotation']}
      >
        <Deferred of={read} fallback={<SkeletonCard title={t('title')} label={tUi('loading')} rows={5} />}>
          {([progress, others]) => (
            <Rotation
              first={progress}
              others={others.map(({ name }) => name)}
              zone={timeZone}
              locked={locked}
              actions={ACTIONS}
            />
          )}
        </Deferred>
      </WithMessages>
      <ZoneNote />
    </>
  );
}
