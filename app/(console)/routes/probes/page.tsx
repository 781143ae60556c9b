import { FlaskConical, ListChecks, RotateCw } from 'lucide-react';
import type { Metadata, Route as Href } from 'next';
import Link from 'next/link';
import { changeProbeAction, deleteProbeAction, saveProbeAction } from '#app/(console)/routes/actions.ts';
import { probesParams } from '#app/(console)/routes/search-params.ts';
import { CsvLink } from '#components/data-table/csv-link.tsx';
import { ProbeList } from '#components/routes/tests/saved-test-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { ok } from '#lib/omni/result.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { agentOptions, type AgentOption } from '#lib/routes/editor/editor.ts';
import { listProbes } from '#lib/routes/tests/saved-tests.ts';
import { probesHref } from '#components/routes/tests/saved-tests-href.ts';
import { runProbes, type ProbeResult } from '#lib/routes/tests/run-saved-tests.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { store } from '#lib/store/database.ts';

const ACTIONS = { save: saveProbeAction, change: changeProbeAction, remove: deleteProbeAction };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('probes'))('title') };
}

export default async function ProbesPage({ searchParams }: PageProps<'/routes/probes'>) {
  const [{ omni, session }, raw, t, tUi] = await Promise.all([
    requirePage('/routes/probes'),
    searchParams,
    translations('probes'),
    translations('ui'),
  ]);
  const { instance } = probesParams.parse(raw);
  const again = probesHref(instance);
  const mayWrite = allows(session.scopes, 'routes:write');
  const locked =
    mayWrite === 'yes'
      ? undefined
      : tUi(mayWrite === 'no' ? 'needs-scope' : 'needs-known-scope', { scope: 'routes:write' });
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
            <CsvLink href={again.replace('/probes', '/probes/export')} />
            <Link prefetch={false} href={'/routes/test' as Href} className={buttonClass({ variant: 'ghost' })}>
              <FlaskConical aria-hidden className="size-4" />
              {t('ask')}
            </Link>
          </>
        }
      />
      <Deferred
        of={() => askAll(omni, session.server.id, instance)}
        fallback={<SkeletonCard title={t('title')} label={t('running')} rows={6} />}
      >
        {(asked) =>
          asked.ok ? (
            <Asked {...asked.value} filtered={instance.length > 0} locked={locked} />
          ) : (
            <FramedProblem error={asked.error} />
          )
        }
      </Deferred>
    </>
  );
}

async function askAll(omni: Omni, server: string, asked: readonly string[]) {
  const [instances, probes, agents] = await Promise.all([
    instancesSnapshot(omni),
    store().then((db) => listProbes(db, server, asked)),
    agentOptions(omni),
  ]);
  if (!instances.ok) return instances;
  const results = await runProbes(readingFresh(omni), probes, instances.value);
  return ok({ results, hidden: probes.length - results.length, agents: agents ?? [] });
}

type AskedProps = {
  results: ProbeResult[];
  hidden: number;
  agents: readonly AgentOption[];
  filtered: boolean;
  locked: string | undefined;
};

async function Asked({ results, hidden, agents, filtered, locked }: AskedProps) {
  const t = await translations('probes');
  const order = { other: 0, silent: 0, unknown: 1, ok: 2 };
  const sorted = results.toSorted((one, other) => order[one.state] - order[other.state]);
  const red = results.filter(({ state }) => state !== 'ok').length;
  const nothing = hidden > 0 ? 'all-hidden' : filtered ? 'nothing' : 'empty';
  return (
    <>
      {hidden > 0 ? (
        <Notice tone="info" className="mb-4">
          {t('hidden', { count: hidden })}
        </Notice>
      ) : null}
      <WithMessages of={['probes', 'route-test', 'picker', 'operations', 'problems', 'ui']}>
        {results.length === 0 ? (
          <div className="rounded border bg-surface">
            <ListState
              icon={ListChecks}
              title={t(nothing)}
              actions={
                filtered ? (
                  <Link prefetch={false} href={'/routes/probes' as Href} className={buttonClass({})}>
                    {t('all-instances')}
                  </Link>
                ) : null
              }
            >
              {t(`${nothing}-help`)}
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
              agents={agents.map(({ id, name, provider }) => ({ id, name, ...(provider ? { detail: provider } : {}) }))}
              actions={ACTIONS}
              locked={locked}
            />
          </Card>
        )}
      </WithMessages>
    </>
  );
}
