import type { Metadata } from 'next';
import { Suspense, type ReactNode } from 'react';
import { RecordHistory } from '#app/(console)/activity/record-history.tsx';
import { KeyActions } from '#components/keys/list/key-actions.tsx';
import { KeyFacts } from '#components/keys/list/key-facts.tsx';
import { KindBadges, StatusBadge } from '#components/keys/list/key-badges.tsx';
import { KeyPermissions } from '#components/keys/list/key-permissions.tsx';
import { SaveCalendar } from '#components/keys/record/save-calendar.tsx';
import { UsedPermissions } from '#components/keys/record/used-permissions.tsx';
import { AuditPlot } from '#components/keys/requests/audit-plot.tsx';
import { IntegrationsCard } from '#components/keys/requests/integrations-card.tsx';
import { RotationsUnderWay } from '#components/keys/rotate/rotations-under-way.tsx';
import { RevokedNotice } from '#components/keys/list/revoked-notice.tsx';
import { keyItem } from '#components/palette/palette-item.ts';
import { Visited } from '#components/palette/recent/visited.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { UnshownNotice } from '#components/keys/secret/unshown-notice.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard, SkeletonLines } from '#components/ui/state/skeleton.tsx';
import { env } from '#lib/env.ts';
import { translations } from '#lib/i18n/server.ts';
import type { BarredDeed } from '#lib/keys/list/capability.ts';
import { lastUseOf } from '#lib/keys/list/status.ts';
import { expiryCalendar } from '#lib/keys/record/expiry-calendar.ts';
import { readPermissionUse } from '#lib/keys/record/read-permission-use.ts';
import { newestUse } from '#lib/keys/requests/newest-use.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { seenOf, valueOf } from '#lib/omni/seen.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { rotationsOfKey } from '#lib/keys/rotate/rotations.ts';
import { deliveryOf } from '#lib/operations/journal/secrets-sent.ts';
import { readCapability } from '#lib/keys/list/read-capability.ts';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { keyHit } from '#lib/keys/list/find.ts';
import { listedKey, type ListedKey } from '#lib/keys/list/listed-key.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { keyName, requireKey } from './require-key.tsx';
import { PermissionsNote } from '#components/session/request/permissions-note.tsx';
import { lockedBy } from '#components/keys/list/key-deeds.ts';

export async function generateMetadata({ params }: PageProps<'/keys/[id]'>): Promise<Metadata> {
  const [name, t] = await Promise.all([keyName((await params).id), translations('keys')]);
  return { title: name === null ? t('title') : `${name} · ${t('title')}` };
}

export default async function KeyPage({ params }: PageProps<'/keys/[id]'>) {
  const found = await requireKey((await params).id, '/keys/[id]');
  if ('page' in found) return found.page;
  const { seen, name, signed } = found;
  const { omni, session } = signed;
  const now = await omniNow(omni);
  const row = listedKey(seen, now);
  const db = store();
  const [names, rotations, delivery, capability, say, t, tUi, tUse, tPlot, tHistory] = await Promise.all([
    instanceNames(omni, session.scopes),
    storeAnswer(db.then((open) => rotationsOfKey(open, session.server.id, row.id, { open: true }))),
    storeAnswer(db.then((open) => deliveryOf(open, session.server.id, `key:${row.id}`))),
    readCapability(omni, seen, session.heldScopes),
    requestSay(),
    translations('key'),
    translations('ui'),
    translations('key-use'),
    translations('key-audit'),
    translations('activity'),
  ]);
  const ended = ['revoked', 'expired'].includes(row.status);
  const late = (title: string, part: ReactNode) => (
    <Suspense fallback={<SkeletonCard plain title={title} label={tUi('loading')} />}>{part}</Suspense>
  );
  return (
    <WithMessages of={['key-record', 'omni-record', 'form', 'problems', 'ui']} starts={['keys.edit']}>
      <Visited item={keyItem(keyHit(row))} />
      <BackLink href="/keys">{t('back')}</BackLink>
      <PageHeader
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {name}
            <KindBadges kinds={row.kinds} />
            {row.status === 'active' ? null : <StatusBadge row={row} now={now} />}
          </span>
        }
        lead={row.description ?? undefined}
        actions={<KeyActions id={row.id} revoked={row.status === 'revoked'} capability={capability} say={say} />}
      />
      {row.status === 'revoked' ? <RevokedNotice revoked={seen.key} /> : null}
      {delivery.ok && delivery.value === 'unconfirmed' && !ended ? (
        <UnshownNotice id={row.id} barred={valueOf(capability.revoke)} say={say} />
      ) : null}
      {rotations.ok ? <RotationsUnderWay rows={rotations.value} /> : <Problem error={rotations.error} />}
      <PermissionsNote generation={session.capabilities.generation} />
      <div className="grid max-w-[1120px] grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-4 border-t pt-3 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <KeyPermissions
            plain
            held={seen.key}
            names={names}
            words={<ScopesInWords scopes={seen.key.scopes} generation={session.capabilities.generation} />}
            use={
              <Suspense fallback={<SkeletonLines label={tUi('loading')} />}>
                <KeyPermissionUse omni={omni} held={seen.key} barred={capability.narrow} say={say} />
              </Suspense>
            }
          />
          {late(tPlot('plot'), <AuditPlot plain omni={omni} keyId={row.id} filter={{}} />)}
          {late(tUse('title'), <KeyIntegrations omni={omni} held={seen.key} />)}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <KeyFacts
            row={row}
            detail={seen.key}
            now={now}
            calendar={
              row.expiresAt !== null && !ended ? <Calendar row={row} expiresAt={row.expiresAt} now={now} /> : null
            }
          />
          {late(tHistory('record.title'), <RecordHistory plain signed={signed} subject={`key:${row.id}`} />)}
        </div>
      </div>
    </WithMessages>
  );
}

type PartProps = { omni: Omni; held: Key };
type SayProps = { barred: BarredDeed | null; say: (text: Text) => string };

async function KeyPermissionUse({ omni, held, barred, say }: PartProps & SayProps) {
  const use = seenOf(await readPermissionUse(omni, held));
  return <UsedPermissions id={held.id} use={use} locked={lockedBy(barred, say)} />;
}

async function KeyIntegrations({ omni, held }: PartProps) {
  const use = await newestUse(omni, held.id, 'thousand');
  return <IntegrationsCard plain id={held.id} last={lastUseOf(held, use.now)} {...use} />;
}

type CalendarProps = { row: Pick<ListedKey, 'id' | 'name'>; expiresAt: string; now: number };

async function Calendar({ row: { id, name }, expiresAt, now }: CalendarProps) {
  const t = await translations('key-record');
  const url = `${env().APP_ORIGIN}/keys/rotate?key=${id}`;
  const text = expiryCalendar({ id, expiresAt, summary: t('calendar-summary', { name }), url, now });
  return <SaveCalendar name={`key-${id.slice(0, 8)}.ics`} text={text} />;
}
