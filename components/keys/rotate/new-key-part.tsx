'use client';

import { useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { works } from '#lib/keys/rotate/rotation-state.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { RevokeUnstored } from './cancel-rotation.tsx';
import { SmallAction, type PartsProps } from './part.tsx';

/** What there is to do with the new key until somebody confirmed that it is stored; nothing afterwards. */
export function NewKeyPart(props: PartsProps) {
  const t = useTranslations('rotation');
  const { progress, actions, changed, locked } = props;
  const { id } = progress.row;
  switch (progress.state) {
    case 'creating':
      return <p role="status">{t('creating')}</p>;
    case 'stopped':
      return <CheckCreated {...props} />;
    case 'unfindable':
      return (
        <Notice
          tone="warn"
          role="alert"
          title={t('unfindable')}
          actions={
            <SmallAction action={actions.close} input={{ id, as: 'given-up' }} changed={changed} reason={locked}>
              {t('close-rotation')}
            </SmallAction>
          }
        >
          {t('unfindable-help', { mark: `[console ${progress.createEntryId ?? ''}]` })}
        </Notice>
      );
    case 'unstored':
      return (
        <>
          {progress.delivered ? (
            <p className="max-w-prose">{t('unstored-help', { old: worksNow(progress) ? 'works' : 'ended' })}</p>
          ) : (
            <Notice tone="warn" title={t('undelivered')}>
              {t('undelivered-help')}
            </Notice>
          )}
          <div className="flex flex-wrap items-start gap-2">
            {progress.delivered ? (
              <SmallAction
                variant="primary"
                action={actions.acknowledge}
                input={{ id }}
                changed={changed}
                reason={locked}
              >
                {t('i-stored-it')}
              </SmallAction>
            ) : null}
            <RevokeUnstored locked={locked} />
          </div>
        </>
      );
    default:
      return null;
  }
}

function worksNow({ old, now }: PartsProps['progress']): boolean {
  const key = seenOr(old, null);
  return key !== null && works(key, now);
}

/** The run stopped before it was known whether the new key was created; checking creates nothing. */
function CheckCreated({ progress, changed, locked }: PartsProps) {
  const t = useTranslations('rotation');
  const operation = useOperation(() => void changed());
  const entry = progress.createEntryId;
  return (
    <FollowFocus stage={operation.state.at} className="space-y-4">
      <p className="max-w-prose">{t('stopped-help')}</p>
      {operation.state.at === 'idle' ? (
        <GuardedButton
          variant="primary"
          reason={locked}
          disabled={entry === null}
          onClick={() => entry && void operation.resume(entry)}
        >
          {t('check-created')}
        </GuardedButton>
      ) : (
        <OperationPanel operation={operation} runLabel={t('check-created')} />
      )}
    </FollowFocus>
  );
}
