import { FileDown, KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { AuditExports } from '#components/keys/requests/audit-exports.tsx';
import { AuditPlot } from '#components/keys/requests/audit-plot.tsx';
import { AuditTable } from '#components/keys/requests/audit-table.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard, SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { viewOfExport } from '#lib/keys/requests/audit-export.ts';
import { exportsOf } from '#lib/keys/requests/audit-exports.ts';
import { searchRequests } from '#lib/keys/requests/audit-walk.ts';
import { shownKeyName } from '#lib/keys/list/listed-key.ts';
import { getKey } from '#lib/omni/resources/keys.ts';
import { readPosition } from '#lib/omni/paging/paging.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { deleteExportAction, resumeExportAction, startExportAction, stopExportAction } from './actions.ts';
import { auditFilterOf, auditParams } from './search-params.ts';

const SIZE = 50;
const ACTIONS = {
  start: startExportAction,
  resume: resumeExportAction,
  stop: stopExportAction,
  remove: deleteExportAction,
};

export async function generateMetadata({ params }: PageProps<'/keys/[id]/audit'>): Promise<Metadata> {
  const [{ omni }, given, t] = await Promise.all([requirePage('/keys/[id]/audit'), params, translations('key-audit')]);
  const id = idOf(given.id);
  const key = id === null ? null : await getKey(omni, id);
  return { title: key?.ok ? t('heading', { name: shownKeyName(key.value) }) : t('title') };
}

export default async function KeyAuditPage({ params, searchParams }: PageProps<'/keys/[id]/audit'>) {
  const [signed, { id: given }, raw, t, tUi, { timeZone }] = await Promise.all([
    requirePage('/keys/[id]/audit'),
    params,
    searchParams,
    translations('key-audit'),
    translations('ui'),
    requestIntl(),
  ]);
  const { at, ...asked } = auditParams.parse(raw);
  const id = idOf(given);
  if (id === null) notFound();
  const { omni, session } = signed;
  const filter = auditFilterOf(asked, timeZone);
  const position = readPosition(at);
  const key = await getKey(omni, id);
  const copies = (
    <Deferred
      of={() => storeAnswer(store().then((db) => exportsOf(db, session.server.id, id)))}
      fallback={<SkeletonCard title={t('copies')} label={tUi('loading')} rows={2} />}
    >
      {(exports) =>
        exports.ok ? (
          <WithMessages of={['key-audit', 'problems', 'ui']}>
            <AuditExports
              keyId={id}
              filter={key.ok ? filter : null}
              first={exports.value.map((row) => viewOfExport(row))}
              zone={timeZone}
              now={Date.now()}
              actions={ACTIONS}
            />
          </WithMessages>
        ) : (
          <Card title={t('copies')}>
            <Problem error={exports.error} />
          </Card>
        )
      }
    </Deferred>
  );
  if (!key.ok) {
    const gone = key.error.kind === 'not_found';
    return (
      <>
        <BackLink href="/keys">{t('all-keys')}</BackLink>
        {gone ? (
          <ListState page icon={KeyRound} role="alert" title={t('key-gone')}>
            {t('key-gone-help')}
          </ListState>
        ) : (
          <Problem page error={key.error} />
        )}
        {gone ? copies : null}
      </>
    );
  }
  return (
    <>
      <BackToKey id={id} name={shownKeyName(key.value)} />
      <PageHeader
        title={t('heading', { name: shownKeyName(key.value) })}
        lead={t('lead')}
        actions={
          <a href="#copies" className={buttonClass({})}>
            <FileDown aria-hidden className="size-4" />
            {t('see-copies')}
          </a>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {position ? null : (
          <Suspense fallback={<SkeletonCard title={t('plot')} label={tUi('loading')} rows={4} />}>
            <AuditPlot omni={omni} keyId={id} filter={filter} />
          </Suspense>
        )}
        <section aria-labelledby="requests-title">
          <h2 id="requests-title" className="sr-only">
            {t('requests')}
          </h2>
          <WithMessages of={['list-tools', 'ui']}>
            <Deferred
              of={() => searchRequests(omni, id, filter, position, SIZE)}
              fallback={<SkeletonList rows={10} label={tUi('loading')} />}
            >
              {(page) =>
                page.ok ? (
                  <AuditTable
                    keyId={id}
                    params={asked}
                    first={position === null}
                    page={page.value}
                    counter={key.value.usageCount}
                  />
                ) : (
                  <FramedProblem error={page.error} />
                )
              }
            </Deferred>
          </WithMessages>
        </section>
        {copies}
      </div>
    </>
  );
}
