'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { endOfOverlap } from '#lib/keys/rotate/rotate-rules.ts';
import { OverlapField } from './rotate-fields.tsx';
import type { NextProps } from './rotation-next.tsx';

/** Gives the old key its end, on Omni's side: it comes whether the console is there or not. */
export function EndOldKey({ board, nowByOmni, locked, changed }: Omit<NextProps, 'actions'>) {
  const t = useTranslations('rotation');
  const { row } = board;
  const [overlap, setOverlap] = useState(row.overlap);
  const operation = useOperation((entry) => {
    if (entry.status === 'done') void changed();
  });
  const { state } = operation;
  if (row.newKeyId === null) return null;
  const replacedBy = { id: row.newKeyId, prefix: row.newPrefix ?? '' };
  function preview() {
    const end = endOfOverlap(overlap, nowByOmni(), row.oldEnd);
    const expiresAt = end === null ? null : new Date(end).toISOString();
    void operation.preview('keys.set-expiry', { keyId: row.oldKeyId, expiresAt, replacedBy, rotationId: row.id });
  }
  return (
    <div className="space-y-4">
      {operation.began ? null : (
        <div className="flex flex-wrap items-end gap-3">
          <div className="w-56">
            <OverlapField value={overlap} own={row.oldEnd !== null} choose={setOverlap} />
          </div>
          <GuardedButton
            variant={state.at === 'idle' ? 'primary' : 'secondary'}
            className="h-10"
            reason={locked}
            onClick={preview}
          >
            {t('show-end')}
          </GuardedButton>
        </div>
      )}
      <OperationPanel operation={operation} runLabel={t('set-end')} />
    </div>
  );
}
