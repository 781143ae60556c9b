import { KeyRound, RefreshCw } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { keyName, requireKey } from '#app/(console)/keys/[id]/require-key.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { CallersCard } from '#components/keys/requests/callers-card.tsx';
import { RevokeKey } from '#components/keys/end/end-key.tsx';
import { KeyRights } from '#components/keys/list/key-permissions.tsx';
import { LeakEvidence } from '#components/keys/leak/leak-evidence.tsx';
import { LeakSteps } from '#components/keys/leak/leak-steps.tsx';
import { RevokedNotice } from '#components/keys/list/revoked-notice.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { newestCallers } from '#lib/keys/requests/callers.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { DAY_MS, lastUseOf } from '#lib/keys/list/status.ts';
import { evidenceAction } from './actions.ts';

export async function generateMetadata({ params }: PageProps<'/keys/[id]/leaked'>): Promise<Metadata> {
  const [name, t] = await Promise.all([keyName((await params).id), translations('keyEnd')]);
  return { title: name === null ? t('leaked-title') : t('leaked-of', { name }) };
}

export default async function LeakedKeyPage({ params }: PageProps<'/keys/[id]/leaked'>) {
  const found = await requireKey((await params).id, '/keys/[id]/leaked');
  if ('page' in found) return found.page;
  const { key } = found.seen;
  const { omni, session } = found.signed;
  const [t, callers, names] = await Promise.all([
    translations('keyEnd'),
    newestCallers(omni, key.id),
    instanceNames(omni, session.scopes),
  ]);
  const ended = key.status === 'revoked';
  return (
    <>
      <BackToKey id={key.id} name={key.name} />
      <PageHeader title={t('leaked-of', { name: key.name })} lead={t('leaked-lead')} />
      {ended ? <RevokedNotice revoked={key} /> : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Card id="now" title={t(ended ? 'leaked-done' : 'leaked-now')}>
            <WithMessages of={['keyEnd', 'operations', 'problems', 'ui']}>
              <RevokeKey key={key.id} id={key.id} leaked />
            </WithMessages>
          </Card>
          <Card id="replacement" title={t('replacement')}>
            <p className="mb-3">{t('replacement-help')}</p>
            <div className="flex flex-wrap gap-2">
              <Link
                href={{ pathname: '/keys/new', query: { like: key.id } }}
                prefetch={false}
                className={buttonClass({})}
              >
                <KeyRound aria-hidden className="size-4" />
                {t('make-like')}
              </Link>
              {ended ? null : (
                <Link
                  href={{ pathname: '/keys/rotate', query: { key: key.id } }}
                  prefetch={false}
                  className={buttonClass({})}
                >
                  <RefreshCw aria-hidden className="size-4" />
                  {t('rotate-first')}
                </Link>
              )}
            </div>
          </Card>
          <LeakSteps id={key.id} scopes={key.scopes} />
          <Card id="evidence" title={t('evidence-title')}>
            <WithMessages of={['keyEnd', 'operations', 'problems', 'ui']}>
              <LeakEvidence id={key.id} since={leakedSince(key.createdAt)} make={evidenceAction} />
            </WithMessages>
          </Card>
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <CallersCard id={key.id} use={lastUseOf(key, Date.now())} seen={callers} />
          <KeyRights held={key} names={names} Scopes={ScopesInWords} />
        </div>
      </div>
    </>
  );
}

/** Nobody knows yet when it leaked: the last month, or as long as there is the key. */
function leakedSince(createdAt: string): string {
  return new Date(Math.max(Date.parse(createdAt), Date.now() - 30 * DAY_MS)).toISOString();
}
