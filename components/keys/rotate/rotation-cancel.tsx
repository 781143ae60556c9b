'use client';

import { useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { Button } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import type { RotationStepProps } from './rotation-props.ts';

/** Cancels a rotation, or closes it with both keys kept. */
export function CancelRotation({ progress, locked, actions, changed }: RotationStepProps) {
  const t = useTranslations('rotation');
  const operation = useOperation((entry) => {
    if (entry.status === 'done') void changed();
  });
  const { row, state } = progress;
  if (row.newKeyId === null || state === 'unknown') return null;
  const input = {
    rotationId: row.id,
    oldKeyId: row.oldKeyId,
    newKeyId: row.newKeyId,
    oldExpiresAt: row.oldExpiresAt === null ? null : new Date(row.oldExpiresAt).toISOString(),
  };
  return (
    <details className="rounded border bg-surface" open={state === 'unstored' || undefined}>
      <summary className="min-h-11 px-4 py-3">{t(state === 'unstored' ? 'not-stored' : 'cancel')}</summary>
      <FollowFocus stage={operation.state.at} className="space-y-4 border-t p-4">
        <p className="max-w-prose">{t(state === 'unstored' ? 'cancel-unstored' : 'cancel-help')}</p>
        {operation.state.at === 'idle' ? (
          <div className="flex flex-wrap gap-2">
            <GuardedButton reason={locked} onClick={() => void operation.preview('keys.cancel-rotation', input)}>
              {t(state === 'unstored' ? 'revoke-new' : 'cancel-preview')}
            </GuardedButton>
            {state === 'stored' || state === 'overlap' ? (
              <GuardedButton
                variant="ghost"
                reason={locked}
                aria-describedby="keep-both-help"
                onClick={async () => {
                  await actions.close({ id: row.id, as: 'kept-both' });
                  await changed();
                }}
              >
                {t('keep-both')}
              </GuardedButton>
            ) : null}
            {state === 'stored' || state === 'overlap' ? (
              <p id="keep-both-help" className="basis-full text-sm text-muted">
                {t('keep-both-help')}
              </p>
            ) : null}
          </div>
        ) : (
          <>
            <OperationPanel operation={operation} runLabel={t('cancel-run')} />
            {!operation.began && (operation.state.at === 'preview' || operation.state.at === 'problem') ? (
              <Button variant="ghost" onClick={operation.reset}>
                {t('back')}
              </Button>
            ) : null}
          </>
        )}
      </FollowFocus>
    </details>
  );
}
