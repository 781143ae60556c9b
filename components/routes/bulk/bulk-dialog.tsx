'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import type { RouteRow } from '#lib/routes/list/row.ts';
import { probesHref } from '#components/routes/tests/saved-tests-href.ts';

export type Change = 'on' | 'off' | 'delete';

export type BulkDialogProps = { change: Change; rows: readonly RouteRow[]; close: () => void; done: () => void };

/** One change of many routes: what it does, how far it is, and what became of each. Closed, it goes on and is in Activity. */
export function BulkDialog({ change, rows, close, done }: BulkDialogProps) {
  const t = useTranslations('routes-list');
  const router = useRouter();
  const operation = useOperation((entry) => {
    router.refresh();
    if (entry.status === 'done') done();
  });
  usePreview(operation, 'routes.many', { change, routes: rows.map(({ id, instanceId }) => ({ id, instanceId })) });
  return (
    <Dialog open wide title={t(`bulk-title.${change}`, { count: rows.length })} onCancel={close}>
      <OperationPanel
        operation={operation}
        runLabel={t(`bulk.${change}`)}
        afterwards={
          <Link
            prefetch={false}
            href={probesHref(rows.map(({ instanceId }) => instanceId))}
            className={buttonClass({})}
          >
            {t('probes')}
          </Link>
        }
      />
    </Dialog>
  );
}
