'use client';

import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { expiryAfterOverlap, OVERLAPS, type Overlap } from '#lib/keys/rotate/rotate-rules.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { PartSelect, type PartsProps } from './part.tsx';

/** What there is to do with the old key in the state of its rotation. */
export function OldKeyPart(props: PartsProps) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const { progress, zone } = props;
  const { state } = progress;
  if (state === 'stored')
    return (
      <>
        <p className="max-w-prose">{t('stored-help')}</p>
        {progress.own ? (
          <Notice tone="warn" title={t('still-old')}>
            {t('still-old-help')}
          </Notice>
        ) : (
          <ExpireOldKey {...props} />
        )}
      </>
    );
  if (state === 'overlap') {
    const key = seenOr(progress.old, null);
    const expiresAt = key?.is === 'active' && key.expiresAt !== null ? key.expiresAt : progress.now;
    const time = format.dateTime(expiresAt, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
    return (
      <>
        <p className="max-w-prose">
          {t('overlap-help', { time, left: format.relativeTime(expiresAt, { now: progress.now }) })}
        </p>
        <RevokeOldKey {...props} />
        <details className="rounded border">
          <summary className="min-h-10 px-3 py-2.5">{t('change-expiry')}</summary>
          <div className="border-t p-3">
            <ExpireOldKey {...props} />
          </div>
        </details>
      </>
    );
  }
  return state === 'expired' ? (
    <>
      <Notice tone="good" title={t('expired')}>
        {t('expired-help')}
      </Notice>
      <RevokeOldKey {...props} />
    </>
  ) : null;
}

/** Sets when the old key expires; Omni enforces it without the console. */
function ExpireOldKey({ progress, nowByOmni, locked, changed }: PartsProps) {
  const t = useTranslations('rotation');
  const { row } = progress;
  const [overlap, setOverlap] = useState<Overlap>(row.overlap);
  const operation = useOperation((entry) => {
    if (entry.status === 'done') void changed();
  });
  if (row.newKeyId === null) return null;
  const replacedBy = { id: row.newKeyId, prefix: row.newPrefix ?? '' };
  const overlaps = [...(Object.keys(OVERLAPS) as Overlap[]), ...(row.oldExpiresAt === null ? [] : (['own'] as const))];
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
            <PartSelect
              label={t('old-key-expires')}
              value={overlap}
              options={overlaps.map((value) => ({ value, text: t(`overlaps.${value}`) }))}
              choose={setOverlap}
            />
          </div>
          <GuardedButton
            variant={operation.state.at === 'idle' ? 'primary' : 'secondary'}
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

/** Revokes the old key, with the rotation as its reason. Warns while the key is still in use. */
function RevokeOldKey({ progress, locked, changed }: PartsProps) {
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
