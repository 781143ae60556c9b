'use client';

import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { CacheNotice } from '#components/routes/list/cache-notice.tsx';
import { savedTestsHref } from '#components/routes/tests/saved-tests-href.ts';

/** What is deleted with a route and who answers afterwards, and then the result. */
export function DeletePanel({ instanceId, id }: { instanceId: string; id: string }) {
  const t = useTranslations('routes-list');
  const operation = useOperation();
  const { state } = operation;
  usePreview(operation, 'routes.delete', { instanceId, id });
  return (
    <section aria-labelledby="delete-outcome" className="rounded border bg-surface p-4">
      <h2 id="delete-outcome" className="mb-3">
        {t(state.at === 'ended' ? 'what-happened' : 'what-happens')}
      </h2>
      {state.at === 'ended' && state.entry.finishedAt && state.entry.status !== 'failed' ? (
        <CacheNotice key={state.entry.finishedAt} from={state.entry.finishedAt} />
      ) : null}
      <OperationPanel
        addressed
        operation={operation}
        runLabel={t('delete-title')}
        afterwards={
          <>
            <Link href={'/routes' as Route} className={buttonClass({})}>
              {t('all-routes')}
            </Link>
            <Link href={savedTestsHref([instanceId])} className={buttonClass({})}>
              {t('saved-tests')}
            </Link>
          </>
        }
      />
    </section>
  );
}
