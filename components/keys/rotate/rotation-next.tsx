'use client';

import { Link } from '#components/ui/link.tsx';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { notSeenValues, seenOr } from '#lib/omni/seen.ts';
import { ExpireOldKey } from './rotation-expiry.tsx';
import type { RotationStepProps } from './rotation-props.ts';
import { RevokeOldKey } from './rotation-revoke.tsx';

/** The next step of a rotation in its state: a sentence and its buttons. */
export function RotationNext(props: RotationStepProps) {
  const t = useTranslations('rotation');
  const tSeen = useTranslations('seen');
  const format = useFormatter();
  const { progress, zone } = props;
  const { state, row, old } = progress;
  const unseen = [old, progress.fresh].find((key) => key !== null && key.is !== 'value');
  const again = (
    <Link href={{ pathname: '/keys/rotate', query: { key: row.oldKeyId } }} className={buttonClass({})}>
      {t('again')}
    </Link>
  );
  if (row.closedAs === 'kept-both' || row.closedAs === 'given-up') {
    return (
      <Notice tone="info" title={t(`closed.${row.closedAs}`)} actions={row.closedAs === 'given-up' ? again : null}>
        {t(`closed-help.${row.closedAs}`)}
      </Notice>
    );
  }
  switch (state) {
    case 'creating':
      return <p role="status">{t('creating')}</p>;
    case 'stopped':
      return <CheckCreated {...props} />;
    case 'unfindable':
      return <Unfindable {...props} />;
    case 'unstored':
      return <Unstored {...props} />;
    case 'stored':
      return (
        <>
          <p className="mb-4 max-w-prose">{t('stored-help')}</p>
          {progress.own ? (
            <Notice tone="warn" title={t('still-old')}>
              {t('still-old-help')}
            </Notice>
          ) : (
            <ExpireOldKey {...props} />
          )}
        </>
      );
    case 'overlap': {
      const key = seenOr(old, null);
      const expiresAt = key?.is === 'active' && key.expiresAt !== null ? key.expiresAt : progress.now;
      const time = format.dateTime(expiresAt, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
      return (
        <>
          <p className="mb-4 max-w-prose">
            {t('overlap-help', { time, left: format.relativeTime(expiresAt, { now: progress.now }) })}
          </p>
          <RevokeOldKey {...props} />
          <details className="mt-4 rounded border">
            <summary className="min-h-10 px-3 py-2.5">{t('change-expiry')}</summary>
            <div className="border-t p-3">
              <ExpireOldKey {...props} />
            </div>
          </details>
        </>
      );
    }
    case 'expired':
      return (
        <>
          <Notice tone="good" title={t('expired')} className="mb-4">
            {t('expired-help')}
          </Notice>
          <RevokeOldKey {...props} />
        </>
      );
    case 'done':
      return (
        <Notice tone="good" role="status" title={t('done')}>
          {t('done-help')} <UseOfNewKey progress={progress} />
        </Notice>
      );
    case 'cancelled':
      return (
        <Notice tone="info" role="status" title={t('cancelled')} actions={again}>
          {t('cancelled-help')}
        </Notice>
      );
    case 'not-created':
      return (
        <Notice tone="info" role="status" title={t('not-created')} actions={again}>
          {t('not-created-help')}
        </Notice>
      );
    case 'broken':
      return (
        <Notice tone="danger" role="alert" title={t('broken')}>
          {t('broken-help')}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice tone="warn" role="alert" title={t('unknown')}>
          {unseen ? `${tSeen('sentence', { ...notSeenValues(unseen), what: tSeen('parts.key') })}. ` : ''}
          {t('unknown-help')}
        </Notice>
      );
  }
}

/** Whether the new key was seen in use, as far as its requests could be read. */
function UseOfNewKey({ progress: { newUse, now } }: Pick<RotationStepProps, 'progress'>) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  if (newUse?.is !== 'value') return null;
  const { last, since } = newUse.value;
  if (last !== null) return t('done-used', { ago: format.relativeTime(new Date(last), { now }) });
  return since === null ? t('done-unused') : null;
}

/** The run stopped before it was known whether the new key was created; checking creates nothing. */
function CheckCreated({ progress, changed, locked }: RotationStepProps) {
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

function Unfindable({ progress, calls, changed, locked }: RotationStepProps) {
  const t = useTranslations('rotation');
  return (
    <Notice
      tone="warn"
      role="alert"
      title={t('unfindable')}
      actions={
        <GuardedButton
          reason={locked}
          onClick={async () => {
            await calls.close({ id: progress.row.id, as: 'given-up' });
            await changed();
          }}
        >
          {t('close-rotation')}
        </GuardedButton>
      }
    >
      {t('unfindable-help', { mark: `[console ${progress.createEntryId ?? ''}]` })}
    </Notice>
  );
}

/** Nobody confirmed yet that the new key is stored: it is confirmed here, or revoked below and created anew. */
function Unstored({ progress, calls, changed, locked }: RotationStepProps) {
  const t = useTranslations('rotation');
  const [busy, setBusy] = useState(false);
  return (
    <div className="space-y-4">
      {progress.delivered ? (
        <p className="max-w-prose">{t('unstored-help')}</p>
      ) : (
        <Notice tone="warn" title={t('undelivered')}>
          {t('undelivered-help')}
        </Notice>
      )}
      {progress.delivered ? (
        <GuardedButton
          variant="primary"
          reason={locked}
          disabled={busy}
          onClick={async () => {
            setBusy(true);
            await calls.acknowledge({ id: progress.row.id });
            await changed();
            setBusy(false);
          }}
        >
          {t('i-stored-it')}
        </GuardedButton>
      ) : null}
      {progress.delivered ? <p className="text-sm text-muted">{t('unstored-else')}</p> : null}
    </div>
  );
}
