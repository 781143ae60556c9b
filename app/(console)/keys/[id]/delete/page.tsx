import type { Metadata } from 'next';
import { keyName, requireKey } from '#app/(console)/keys/[id]/require-key.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { DeleteKey } from '#components/keys/end/end-key.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { omniNow } from '#lib/omni/resources/health.ts';
import { KeyBarred } from '#components/keys/list/key-barred.tsx';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { readCapability } from '#lib/keys/list/read-capability.ts';
import { translations } from '#lib/i18n/server.ts';

export async function generateMetadata({ params }: PageProps<'/keys/[id]/delete'>): Promise<Metadata> {
  const [name, t] = await Promise.all([keyName((await params).id), translations('key-end')]);
  return { title: name === null ? t('delete-title') : t('delete-of', { name }) };
}

export default async function DeleteKeyPage({ params }: PageProps<'/keys/[id]/delete'>) {
  const found = await requireKey((await params).id, '/keys/[id]/delete');
  if ('page' in found) return found.page;
  const { seen, name, signed } = found;
  const { key } = seen;
  const [t, say, now, { delete: barred }] = await Promise.all([
    translations('key-end'),
    requestSay(),
    omniNow(signed.omni),
    readCapability(signed.omni, seen, signed.session.heldScopes),
  ]);
  return (
    <>
      <BackToKey id={key.id} name={name} />
      <PageHeader title={t('delete-of', { name })} />
      <WithMessages of={['key-end', 'form', 'problems', 'ui']} starts={['keys.revoke', 'keys.delete']}>
        <DeleteKey
          key={key.id}
          id={key.id}
          barred={
            barred ? <KeyBarred id={key.id} deed="delete" barred={barred} say={say} about={{ seen, now }} /> : null
          }
        />
      </WithMessages>
    </>
  );
}
