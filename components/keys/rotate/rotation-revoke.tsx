'use client';

import { useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { RotationStepProps } from './rotation-props.ts';

/** The last step: revokes the old key, with the rotation as its reason. Warns while the key is still in use. */
export function RevokeOldKey({ progress, locked, changed }: Omit<RotationStepProps, 'actions'>) {
  const t = useTranslations('rotation');
  const operation = useOperation((entry) => {
    if (entry.status === 'done') void changed();
  });
  const { row, quiet, state } = progress;
  const unused = quiet === true || state === 'expired';
  const reason = t('reason', { prefix: row.newPrefix ?? '' });
  return (
    <FollowFocus stage={operation.state.at} className="space-y-4">
      {operation.state.at === 'idle' ? (
        <>
          {unused ? null : (
            <Notice tone="warn" title={t(quiet === null ? 'use-unknown' : 'still-in-use')}>
              {t('still-in-use-help')}
            </Notice>
          )}
          <GuardedButton
            variant={unused ? 'primary' : 'secondary'}
            reason={locked}
            onClick={() =>
              void operation.preview('keys.revoke', {
                id: row.oldKeyId,
                reason,
                leaked: false,
                ...(row.newKeyId === null ? {} : { replacedBy: row.newKeyId }),
              })
            }
          >
            {t('revoke-old')}
          </GuardedButton>
        </>
      ) : (
        <OperationPanel operation={operation} runLabel={t('revoke-run')} />
      )}
    </FollowFocus>
  );
}
