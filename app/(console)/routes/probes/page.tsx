import { FlaskConical, ListChecks, RotateCw } from 'lucide-react';
import type { Metadata, Route as Href } from 'next';
import Link from 'next/link';
import { changeProbeAction, deleteProbeAction, saveProbeAction } from '#app/(console)/routes/actions.ts';
import { testParams } from '#app/(console)/routes/search-params.ts';
import { CsvLink } from '#components/data-table/csv-link.tsx';
import { ProbeList } from '#components/routes/probe-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { readingFresh } from '#lib/omni/read.ts';
import { instancesSnapshot } from '#lib/omni/snapshot.ts';
import { agentOptions } from '#lib/routes/editor.ts';
import { listProbes } from '#lib/routes/probes.ts';
import { runProbes } from '#lib/routes/run-probes.ts';
import { requireSession } from '#lib/session/guard.ts';
import { allows } from '#lib/session/scopes.ts';
import { store } from '#lib/store/database.ts';

const ACTIONS = { save: saveProbeAction, change: changeProbeAction, remove: deleteProbeAction };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('probes'))('title') };
}

export default async function ProbesPage({ searchParams }: PageProps<'/routes/probes'>) {
  const [{ omni, session }, raw, t, tUi] = await Promise.all([
    requireSession(),
    searchParams,
    translations('probes'),
    translations('ui'),
  ]);
  const { instance } = testParams.parse(raw);
  const [instances, probes, agents] = await Promise.all([
    instancesSnapshot(omni),
    store().then((db) => listProbes(db, session.server.id, instance)),
    agentOptions(omni),
  ]);
  if (!instances.ok) return <Problem error={instances.error} retryHref="/routes/probes" />;
  const results = await runProbes(readingFresh(omni), probes, instances.value);
  const order = { other: 0, silent: 0, unknown: 1, ok: 2 };
  const sorted = results.toSorted((one, other) => order[one.state] - order[other.state]);
  const red = results.filter(({ state }) => state !== 'ok').length;
  const hidden = probes.length - results.length;
  const again = instance ? `/routes/probes?instance=${instance}` : '/routes/probes';
  const may = allows(session.scopes, 'routes:write');
  const locked =
    may === 'yes' ? undefined : tUi(may === 'no' ? 'needs-scope' : 'needs-known-scope', { scope: 'routes:write' });
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <a href={again} className={buttonClass({})}>
              <RotateCw aria-hidden className="size-4" />
              {t('run-all')}
            </a>
            {results.length > 0 && allows(session.scopes, 'routes:read') !== 'no' ? (
              <CsvLink href={again.replace('/probes', '/probes/export')} />
            ) : null}
            <Link prefetch={false} href={'/routes/test' as Href} className={buttonClass({ variant: 'ghost' })}>
              <FlaskConical aria-hidden className="size-4" />
              {t('ask')}
            </Link>
          </>
        }
      />
      {hidden > 0 ? (
        <Notice tone="info" className="mb-4">
          {t('hidden', { count: hidden })}
        </Notice>
      ) : null}
      <WithMessages of={['probes', 'route-test', 'picker', 'operations', 'problems', 'ui']}>
        {results.length === 0 ? (
          <div className="rounded border bg-surface">
            <ListState icon={ListChecks} title={t('empty')}>
              {t('empty-help')}
            </ListState>
          </div>
        ) : (
          <Card
            id="probes"
            flush
            title={t('summary', { green: results.length - red, red })}
            aside={<span className="text-sm text-muted">{t('just-now')}</span>}
          >
            <ProbeList
              probes={sorted}
              agents={(agents ?? []).map(({ id, name, provider }) => ({
                id,
                name,
                ...(provider ? { detail: provider } : {}),
              }))}
              actions={ACTIONS}
              locked={locked}
            />
          </Card>
        )}
      </WithMessages>
    </>
  );
}
