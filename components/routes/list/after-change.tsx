import { ListChecks } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import { recentChanges } from '#lib/routes/list/cache-age.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { storeNow } from '#lib/store/clock.ts';
import { store } from '#lib/store/database.ts';
import { CacheNotice } from './cache-notice.tsx';
import { savedTestsHref } from '#components/routes/tests/saved-tests-href.ts';

type Props = {
  server: string;
  /** Only changes on these instances; all where it is left out. */
  on?: readonly string[];
};

/** After a change of routing that went through, while Omni may still answer as before: until when, with a link to the saved tests. */
export async function AfterChange({ server, on }: Props) {
  const db = await store();
  const recent = await recentChanges(db, server, await storeNow(db));
  const changes = on ? recent.filter(({ instanceId }) => on.includes(instanceId)) : recent;
  if (changes.length === 0) return null;
  const at = Math.max(...changes.map((change) => change.at));
  const instances = changes.map(({ instanceId }) => instanceId);
  const [t, savedTests] = await Promise.all([translations('routes-changed'), listSavedTests(db, server, instances)]);
  return (
    <WithMessages of={['routes-changed', 'ui']}>
      <CacheNotice
        key={at}
        from={at}
        actions={
          savedTests.length > 0 ? (
            <Link href={savedTestsHref(instances)} className={buttonClass({ size: 'sm' })}>
              <ListChecks aria-hidden className="size-3.5" />
              {t('saved-tests', { count: savedTests.length })}
            </Link>
          ) : null
        }
      />
    </WithMessages>
  );
}
