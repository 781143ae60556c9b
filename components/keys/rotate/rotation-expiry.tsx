'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { expiryAfterOverlap } from '#lib/keys/rotate/rotate-rules.ts';
import { OverlapField } from './rotate-fields.tsx';
import type { RotationStepProps } from './rotation-props.ts';

/** Sets when the old key expires; Omni enforces it without the console. */
export function ExpireOldKey({ progress, nowByOmni, locked, changed }: Omit<RotationStepProps, 'actions'>) {
  const t = useTranslations('rotation');
  const { row } = progress;
  const [overlap, setOverlap] = useState(row.overlap);
  const operation = useOperation((entry) => {
    if (entry.status === 'done') void changed();
  });
  const { state } = operation;
  if (row.newKeyId === null) return null;
  const replacedBy = { id: row.newKeyId, prefix: row.newPrefix ?? '' };
  function preview() {
    const moment = expiryAfterOverlap(overlap, nowByOmni(), row.oldExpiresAt);
    const expiresAt = moment === null ? null : new Date(moment).toISOString();
    void operation.preview('keys.set-expiry', { keyId: row.oldKeyId, expiresAt, replacedBy, rotationId: row.id });
  }
  return (
    <div className="space-y-4">
      {operation.began ? null : (
        <div className="flex flex-wrap items-end gap-3">
          <div className="w-56">
            <OverlapField value={overlap} own={row.oldExpiresAt !== null} choose={setOverlap} />
          </div>
          <GuardedButton
            variant={state.at === 'idle' ? 'primary' : 'secondary'}
            className="h-10"
            reason={locked}
            onClick={preview}
          >
            {t('review-expiry')}
          </GuardedButton>
        </div>
      )}
      <OperationPanel operation={operation} runLabel={t('set-expiry')} />
    </div>
  );
}
