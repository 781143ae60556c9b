import { ArrowLeft } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { KeyActions } from '#components/keys/list/key-actions.tsx';
import { KeyFacts } from '#components/keys/list/key-facts.tsx';
import { KindBadges } from '#components/keys/list/key-badges.tsx';
import { KeyPermissions } from '#components/keys/list/key-permissions.tsx';
import { RotationsUnderWay } from '#components/keys/rotate/rotations-under-way.tsx';
import { RevokedNotice } from '#components/keys/list/revoked-notice.tsx';
import { keyItem } from '#components/palette/palette-item.ts';
import { Visited } from '#components/palette/recent/visited.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { UnshownNotice } from '#components/keys/secret/unshown-notice.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { rotationsOfKey } from '#lib/keys/rotate/rotations.ts';
import { deliveryOf } from '#lib/operations/journal/secrets-sent.ts';
import { readCapability } from '#lib/keys/list/read-capability.ts';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { keyHit } from '#lib/keys/list/find.ts';
import { listedKey } from '#lib/keys/list/listed-key.ts';
import { store } from '#lib/store/database.ts';
import { keyName, requireKey } from './require-key.tsx';
import { PermissionsNote } from '#components/session/request/permissions-note.tsx';

export async function generateMetadata({ params }: PageProps<'/keys/[id]'>): Promise<Metadata> {
  const [name, t] = await Promise.all([keyName((await params).id), translations('keys')]);
  return { title: name === null ? t('title') : `${name} · ${t('title')}` };
}

export default async function KeyPage({ params }: PageProps<'/keys/[id]'>) {
  const found = await requireKey((await params).id, '/keys/[id]');
  if ('page' in found) return found.page;
  const { seen, signed } = found;
  const { omni, session } = signed;
  const now = Date.now();
  const row = listedKey(seen, now);
  const [names, rotations, delivery, capability, say, t] = await Promise.all([
    instanceNames(omni, session.scopes),
    store().then((db) => rotationsOfKey(db, session.server.id, row.id, { open: true })),
    store().then((db) => deliveryOf(db, session.server.id, `key:${row.id}`)),
    readCapability(omni, seen, session.heldScopes, now),
    requestSay(),
    translations('key'),
  ]);
  return (
    <WithMessages of={['ui']}>
      <Visited item={keyItem(keyHit(row))} />
      <Link href="/keys" className="mb-3 inline-flex min-h-8 items-center gap-1 text-sm text-muted hover:text-text">
        <ArrowLeft aria-hidden className="size-4" />
        {t('back')}
      </Link>
      <PageHeader
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {row.name}
            <KindBadges kinds={row.kinds} />
          </span>
        }
        lead={row.description ?? undefined}
        actions={<KeyActions id={row.id} revoked={row.status === 'revoked'} capability={capability} say={say} />}
      />
      {row.status === 'revoked' ? <RevokedNotice revoked={seen.key} /> : null}
      {delivery === 'unconfirmed' && !['revoked', 'expired'].includes(row.status) ? (
        <UnshownNotice id={row.id} barred={valueOf(capability.revoke)} say={say} />
      ) : null}
      <RotationsUnderWay rows={rotations} />
      <PermissionsNote generation={session.capabilities.generation} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <KeyFacts row={row} detail={seen.key} now={now} />
        <KeyPermissions
          held={seen.key}
          names={names}
          words={<ScopesInWords scopes={seen.key.scopes} generation={session.capabilities.generation} />}
        />
      </div>
    </WithMessages>
  );
}
