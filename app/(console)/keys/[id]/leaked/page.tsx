import { KeyRound, RefreshCw } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { keyName, requireKey } from '#app/(console)/keys/[id]/require-key.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { IntegrationsCard } from '#components/keys/requests/integrations-card.tsx';
import { RevokeKey } from '#components/keys/end/end-key.tsx';
import { KeyPermissions } from '#components/keys/list/key-permissions.tsx';
import { LeakChoice } from '#components/keys/leak/leak-choice.tsx';
import { LeakEvidence } from '#components/keys/leak/leak-evidence.tsx';
import { LeakSteps } from '#components/keys/leak/leak-steps.tsx';
import { RevokedNotice } from '#components/keys/list/revoked-notice.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { KeyBarred } from '#components/keys/list/key-barred.tsx';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { readCapability } from '#lib/keys/list/read-capability.ts';
import { translations } from '#lib/i18n/server.ts';
import { newestUse } from '#lib/keys/requests/newest-use.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { DAY_MS, lastUseOf } from '#lib/keys/list/status.ts';
import { evidenceAction } from './actions.ts';

export async function generateMetadata({ params }: PageProps<'/keys/[id]/leaked'>): Promise<Metadata> {
  const [name, t] = await Promise.all([keyName((await params).id), translations('key-end')]);
  return { title: name === null ? t('leak-title') : t('leak-of', { name }) };
}

export default async function LeakedKeyPage({ params }: PageProps<'/keys/[id]/leaked'>) {
  const found = await requireKey((await params).id, '/keys/[id]/leaked');
  if ('page' in found) return found.page;
  const { seen, name, signed } = found;
  const { key } = seen;
  const { omni, session } = signed;
  const [t, say, { revoke: barred, rotate }, use, names] = await Promise.all([
    translations('key-end'),
    requestSay(),
    readCapability(omni, seen, session.heldScopes),
    newestUse(omni, key.id),
    instanceNames(omni, session.scopes),
  ]);
  const revoked = key.status === 'revoked';
  const createLike = (variant: 'primary' | 'secondary') => (
    <Link href={{ pathname: '/keys/new', query: { like: key.id } }} className={buttonClass({ variant })}>
      <KeyRound aria-hidden className="size-4" />
      {t('create-like')}
    </Link>
  );
  const rotateFirst = (
    <Link href={{ pathname: '/keys/rotate', query: { key: key.id } }} className={buttonClass({ variant: 'primary' })}>
      <RefreshCw aria-hidden className="size-4" />
      {t('rotate-first')}
    </Link>
  );
  return (
    <>
      <BackToKey id={key.id} name={name} />
      <PageHeader title={t('leak-of', { name })} lead={t('leak-lead')} />
      {revoked ? <RevokedNotice revoked={key} /> : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <WithMessages of={['key-end', 'form', 'problems', 'ui']} starts={['keys.revoke', 'keys.delete']}>
            <LeakChoice
              revoked={revoked}
              revoke={
                <RevokeKey
                  key={key.id}
                  id={key.id}
                  leaked
                  barred={barred ? <KeyBarred id={key.id} deed="revoke" barred={barred} say={say} /> : null}
                />
              }
              cannotReplace={rotate ? <p>{say(rotate.why)}</p> : null}
              replaceFirst={rotate ? createLike('primary') : rotateFirst}
              replaceAfter={createLike('secondary')}
            />
          </WithMessages>
          <LeakSteps id={key.id} scopes={key.scopes} />
          <Card id="evidence" title={t('evidence-title')}>
            <WithMessages of={['key-end', 'form', 'problems', 'ui']} starts={['keys.revoke', 'keys.delete']}>
              <LeakEvidence
                id={key.id}
                since={leakedSince(key.createdAt, use.now)}
                now={new Date(use.now).toISOString()}
                create={evidenceAction}
              />
            </WithMessages>
          </Card>
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <IntegrationsCard id={key.id} last={lastUseOf(key, use.now)} {...use} />
          <KeyPermissions
            held={key}
            names={names}
            words={<ScopesInWords scopes={key.scopes} generation={session.capabilities.generation} />}
          />
        </div>
      </div>
    </>
  );
}

/** The first guess of when it leaked: a month ago, or when the key was created. `now`: milliseconds, by Omni's clock. */
function leakedSince(createdAt: string, now: number): string {
  return new Date(Math.max(Date.parse(createdAt), now - 30 * DAY_MS)).toISOString();
}
