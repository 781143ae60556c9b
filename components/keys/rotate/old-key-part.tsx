'use client';

import { useId, useState, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Segmented } from '#components/form/fields/segmented.tsx';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { expiryAfterOverlap, OVERLAPS, type Overlap } from '#lib/keys/rotate/rotate-rules.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { SmallAction, type PartsProps } from './part.tsx';

/** What there is to do with the old key in the state of its rotation. */
export function OldKeyPart(props: PartsProps) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const { progress, zone, locked, actions, changed } = props;
  const { state, row } = progress;
  const keepBoth = (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <SmallAction
        size="sm"
        action={actions.close}
        input={{ id: row.id, as: 'kept-both' }}
        changed={changed}
        reason={locked}
      >
        {t('keep-both')}
      </SmallAction>
      <span className="text-sm text-muted">{t('keep-both-help')}</span>
    </div>
  );
  const stillOld = (
    <Notice tone="warn" title={t('still-old')}>
      {t('still-old-help')}
    </Notice>
  );
  if (state === 'stored')
    return (
      <>
        {progress.own ? stillOld : <ExpireOldKey {...props} />}
        {keepBoth}
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
        {progress.own ? (
          stillOld
        ) : (
          <>
            <RevokeOldKey {...props} />
            <Fold label={t('change-expiry')}>
              <ExpireOldKey {...props} />
            </Fold>
          </>
        )}
        {keepBoth}
      </>
    );
  }
  return state === 'expired' ? (
    <>
      <p className="max-w-prose">
        {t('expired')}. {t('expired-help')}
      </p>
      <RevokeOldKey {...props} />
    </>
  ) : null;
}

function Fold({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details>
      <summary className="min-h-[24px] text-sm text-muted">{label}</summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}

/** Sets when the old key expires; Omni enforces it without the console. */
function ExpireOldKey({ progress, zone, nowByOmni, locked, changed }: PartsProps) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const name = useId();
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
  const at = expiryAfterOverlap(overlap, progress.now, row.oldExpiresAt);
  return (
    <div className="space-y-3">
      {operation.began ? null : (
        <>
          <Segmented
            name={name}
            label={t('old-key-expires')}
            value={overlap}
            options={overlaps.map((value) => ({ value, text: t(`overlaps.${value}`) }))}
            choose={(value) => {
              operation.reset();
              setOverlap(value);
            }}
          />
          {at !== null && overlap !== 'now' ? (
            <p className="text-sm text-muted">
              {t('expires-even-without', {
                time: format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }),
              })}
            </p>
          ) : null}
          {operation.state.at === 'idle' ? (
            <GuardedButton variant="primary" reason={locked} onClick={preview}>
              {t('review-expiry')}
            </GuardedButton>
          ) : null}
        </>
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
            <p className="max-w-prose text-sm text-warn">
              {t(quiet === null ? 'use-unknown' : 'still-in-use')}. {t('still-in-use-help')}
            </p>
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
