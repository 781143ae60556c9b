import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import { changedInstances, lastRouteChange } from '#lib/routes/list/cache-age.ts';
import { listProbes } from '#lib/routes/tests/saved-tests.ts';
import { store } from '#lib/store/database.ts';
import { CacheNotice } from './cache-notice.tsx';
import { probesHref } from '#components/routes/tests/saved-tests-href.ts';

/** After any change of routing, for as long as Omni may answer as before: says so, and leads to the probes there are. */
export async function AfterChange({ server }: { server: string }) {
  const db = await store();
  const now = Date.now();
  const at = await lastRouteChange(db, server, now);
  if (at === null) return null;
  const instances = await changedInstances(db, server, now);
  const [t, probes] = await Promise.all([translations('routes-changed'), listProbes(db, server, instances)]);
  return (
    <WithMessages of={['routes-changed']}>
      <CacheNotice
        key={at}
        from={at}
        actions={
          probes.length > 0 ? (
            <Link prefetch={false} href={probesHref(instances)} className={buttonClass({ size: 'sm' })}>
              <ListChecks aria-hidden className="size-3.5" />
              {t('probes', { count: probes.length })}
            </Link>
          ) : null
        }
      />
    </WithMessages>
  );
}
