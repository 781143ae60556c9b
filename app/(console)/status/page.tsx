import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CapabilitiesCard } from '#components/status/capabilities-card.tsx';
import { ConsoleCard } from '#components/status/console-card.tsx';
import { InstancesCard } from '#components/status/instances-card.tsx';
import { ProvidersCard } from '#components/status/providers-card.tsx';
import { RouteCacheCard } from '#components/status/route-cache-card.tsx';
import { ServerCard } from '#components/status/server-card.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { getHealth } from '#lib/omni/resources/health.ts';
import { requireSession } from '#lib/session/request/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('status'))('title') };
}

export default async function StatusPage() {
  const [{ session, omni }, t, tCache, tUi] = await Promise.all([
    requireSession(),
    translations('status'),
    translations('route-cache'),
    translations('ui'),
  ]);
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Deferred
            of={() => getHealth(omni)}
            fallback={<SkeletonCard title={omni.server.name} label={tUi('loading')} />}
          >
            {(health) => <ServerCard server={omni.server} health={health} />}
          </Deferred>
          <Suspense fallback={<SkeletonCard title={t('instances')} label={tUi('loading')} />}>
            <InstancesCard omni={omni} />
          </Suspense>
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Suspense fallback={<SkeletonCard title={t('providers')} label={tUi('loading')} />}>
            <ProvidersCard omni={omni} />
          </Suspense>
          <CapabilitiesCard session={session} />
          <ConsoleCard />
        </div>
        <div className="min-w-0 lg:col-span-2">
          <Suspense fallback={<SkeletonCard title={tCache('title')} label={tUi('loading')} />}>
            <RouteCacheCard omni={omni} />
          </Suspense>
        </div>
      </div>
    </>
  );
}
