'use client';

import { useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { NextProps } from './rotation-next.tsx';

/** The last step: the old key is revoked, with the reason that it was rotated. Said loudly while somebody still calls with it. */
export function RevokeOldKey({ board, locked, changed }: Omit<NextProps, 'actions'>) {
  const t = useTranslations('rotation');
  const operation = useOperation((entry) => {
    if (entry.status === 'done') void changed();
  });
  const { row, silent, state } = board;
  const quiet = silent === true || state === 'expired';
  const reason = t('reason', { prefix: row.newPrefix ?? '' });
  return (
    <FollowFocus stage={operation.state.at} className="space-y-4">
      {operation.state.at === 'idle' ? (
        <>
          {quiet ? null : (
            <Notice tone="warn" title={t(silent === null ? 'silence-unknown' : 'still-calling')}>
              {t('still-calling-help')}
            </Notice>
          )}
          <GuardedButton
            variant={quiet ? 'primary' : 'secondary'}
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
