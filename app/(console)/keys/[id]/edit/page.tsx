import type { Metadata } from 'next';
import { keyName, requireKey } from '#app/(console)/keys/[id]/require-key.tsx';
import { KeyForm } from '#components/keys/form/key-form.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { omniNow } from '#lib/omni/resources/health.ts';
import { KeyBarred } from '#components/keys/list/key-barred.tsx';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { readCapability } from '#lib/keys/list/read-capability.ts';
import { translations } from '#lib/i18n/server.ts';
import { formValuesOf } from '#lib/keys/form/form-values.ts';
import { readFormFacts } from '#lib/keys/form/form-facts.ts';
import { descriptionOf } from '#lib/keys/form/mark.ts';
import { scopesBeyond } from '#lib/scopes/table.ts';
import { PermissionsNote } from '#components/session/request/permissions-note.tsx';

export async function generateMetadata({ params }: PageProps<'/keys/[id]/edit'>): Promise<Metadata> {
  const [name, t] = await Promise.all([keyName((await params).id), translations('key-form')]);
  return { title: name === null ? t('edit-title') : t('edit-of', { name }) };
}

export default async function EditKeyPage({ params }: PageProps<'/keys/[id]/edit'>) {
  const found = await requireKey((await params).id, '/keys/[id]/edit');
  if ('page' in found) return found.page;
  const { seen, name, signed } = found;
  const { key, own } = seen;
  const [t, say, now, { edit: barred, narrow }, facts] = await Promise.all([
    translations('key-form'),
    requestSay(),
    omniNow(signed.omni),
    readCapability(signed.omni, seen, signed.session.heldScopes),
    readFormFacts(signed.omni, signed.session.heldScopes),
  ]);
  const lacking = scopesBeyond(key.scopes, facts.own);
  return (
    <>
      <BackToKey id={key.id} name={name} />
      <PageHeader title={t('edit-of', { name })} />
      <PermissionsNote generation={signed.session.capabilities.generation} />
      {!barred && narrow ? (
        <Notice tone="info" className="mb-4">
          {t(own ? 'own-key' : 'primary-key')}
        </Notice>
      ) : null}
      {!barred && lacking.length > 0 ? (
        <Notice tone="warn" className="mb-4" title={t('broader')} actions={<CopyRequest scope={lacking.join(', ')} />}>
          {t('broader-help', { scopes: lacking.join(', ') })}
        </Notice>
      ) : null}
      <WithMessages of={['key-form', 'scopes', 'seen', 'form', 'problems', 'ui']} starts={['keys.edit', 'keys.create']}>
        {barred ? (
          <KeyBarred id={key.id} deed="edit" barred={barred} say={say} about={{ seen, now }} />
        ) : (
          <KeyForm
            key={key.id}
            editing={{ id: key.id, name: key.name }}
            start={formValuesOf(key, descriptionOf(key))}
            {...facts}
            profiles={false}
            generation={signed.session.capabilities.generation}
          />
        )}
      </WithMessages>
    </>
  );
}
