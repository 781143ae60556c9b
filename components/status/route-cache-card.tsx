import { WithMessages } from '#components/shell/with-messages.tsx';
import { Card } from '#components/ui/card.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getRouteMetrics } from '#lib/omni/resources/routes.ts';
import { RouteCachePlots } from './route-cache-plots.tsx';

/** Omni's route cache: hit rate, size and invalidations. */
export async function RouteCacheCard({ omni }: { omni: Omni }) {
  const [t, metrics] = await Promise.all([translations('route-cache'), getRouteMetrics(omni)]);
  return (
    <Card id="route-cache" title={t('title')}>
      {metrics.ok ? (
        <WithMessages of={['route-cache', 'problems']}>
          <RouteCachePlots first={{ ...metrics.value.cache, at: Date.now() }} />
        </WithMessages>
      ) : (
        <Problem error={metrics.error} />
      )}
    </Card>
  );
}
