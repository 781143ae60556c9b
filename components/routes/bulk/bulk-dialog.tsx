'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import type { BulkChange } from '#lib/routes/verdict/successor.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import { savedTestsHref } from '#components/routes/tests/saved-tests-href.ts';

export type BulkDialogProps = { change: BulkChange; rows: readonly RouteRow[]; close: () => void; done: () => void };

/** One change of several routes: its review, progress and result for each route. Closed, the change continues and is in Activity. */
export function BulkDialog({ change, rows, close, done }: BulkDialogProps) {
  const t = useTranslations('routes-list');
  const router = useRouter();
  const operation = useOperation((entry) => {
    router.refresh();
    if (entry.status === 'done') done();
  });
  usePreview(operation, 'routes.bulk', { change, routes: rows.map(({ id, instanceId }) => ({ id, instanceId })) });
  return (
    <Dialog open wide title={t(`bulk-title.${change}`, { count: rows.length })} onCancel={close}>
      <OperationPanel
        addressed
        operation={operation}
        runLabel={t(`bulk-title.${change}`, { count: rows.length })}
        afterwards={
          <Link
            prefetch={false}
            href={savedTestsHref(rows.map(({ instanceId }) => instanceId))}
            className={buttonClass({})}
          >
            {t('saved-tests')}
          </Link>
        }
      />
    </Dialog>
  );
}
