import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import { changedInstances, lastRouteChange } from '#lib/routes/list/cache-age.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { store } from '#lib/store/database.ts';
import { CacheNotice } from './cache-notice.tsx';
import { savedTestsHref } from '#components/routes/tests/saved-tests-href.ts';

/** After any change of routing, while Omni may still answer as before: says until when, with a link to the saved tests. */
export async function AfterChange({ server }: { server: string }) {
  const db = await store();
  const now = Date.now();
  const at = await lastRouteChange(db, server, now);
  if (at === null) return null;
  const instances = await changedInstances(db, server, now);
  const [t, savedTests] = await Promise.all([translations('routes-changed'), listSavedTests(db, server, instances)]);
  return (
    <WithMessages of={['routes-changed', 'ui']}>
      <CacheNotice
        key={at}
        from={at}
        actions={
          savedTests.length > 0 ? (
            <Link prefetch={false} href={savedTestsHref(instances)} className={buttonClass({ size: 'sm' })}>
              <ListChecks aria-hidden className="size-3.5" />
              {t('saved-tests', { count: savedTests.length })}
            </Link>
          ) : null
        }
      />
    </WithMessages>
  );
}
