import type { Metadata } from 'next';
import { keyName, requireKey } from '#app/(console)/keys/[id]/require-key.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { IntegrationsCard } from '#components/keys/requests/integrations-card.tsx';
import { RevokeKey } from '#components/keys/end/end-key.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { KeyBarred } from '#components/keys/list/key-barred.tsx';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { readCapability } from '#lib/keys/list/read-capability.ts';
import { newestUse } from '#lib/keys/requests/newest-use.ts';
import { lastUseOf } from '#lib/keys/list/status.ts';

export async function generateMetadata({ params }: PageProps<'/keys/[id]/revoke'>): Promise<Metadata> {
  const [name, t] = await Promise.all([keyName((await params).id), translations('key-end')]);
  return { title: name === null ? t('revoke-title') : t('revoke-of', { name }) };
}

export default async function RevokeKeyPage({ params, searchParams }: PageProps<'/keys/[id]/revoke'>) {
  const [found, { then }] = await Promise.all([
    params.then(({ id }) => requireKey(id, '/keys/[id]/revoke')),
    searchParams,
  ]);
  if ('page' in found) return found.page;
  const { seen, name, signed } = found;
  const { key } = seen;
  const [t, say, use, { revoke: barred }] = await Promise.all([
    translations('key-end'),
    requestSay(),
    newestUse(signed.omni, key.id),
    readCapability(signed.omni, seen, signed.session.heldScopes),
  ]);
  return (
    <>
      <BackToKey id={key.id} name={name} />
      <PageHeader title={t('revoke-of', { name })} />
      <WithMessages of={['key-end', 'form', 'problems', 'ui']} starts={['keys.revoke', 'keys.delete']}>
        <RevokeKey
          key={key.id}
          id={key.id}
          another={then === 'create'}
          barred={
            barred ? (
              <KeyBarred id={key.id} deed="revoke" barred={barred} say={say} about={{ seen, now: use.now }} />
            ) : null
          }
          about={<IntegrationsCard id={key.id} last={lastUseOf(key, use.now)} stops {...use} />}
        />
      </WithMessages>
    </>
  );
}
