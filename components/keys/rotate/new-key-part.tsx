'use client';

import { useId, useState, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { Button } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { PartSelect, SmallAction, type PartsProps } from './part.tsx';

/** The actions of a rotation in progress that are no operations, sent. */
export type RotationCalls = {
  acknowledge: () => Promise<ActionResult>;
  close: (as: 'kept-both' | 'given-up') => Promise<ActionResult>;
};

const DAY = 86_400_000;

export type OldKey = { id: string; name: string; prefix: string; expiresAt: string | null };

type CreateProps = {
  rotationId: string;
  old: OldKey;
  /** Omni's clock, milliseconds. */
  now: number;
  sameLifetime: string | null;
  /** What the new key may do, as the old one. */
  permissions: ReactNode;
  own: boolean;
  deliver: (delivered: Json) => void;
};

/** Before the first click: what is copied, when the new key expires, and the review of its creation. */
export function CreateNewKey({ rotationId, old, now, sameLifetime, permissions, own, deliver }: CreateProps) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const field = useId();
  const choices = expiryChoices(old.expiresAt, sameLifetime, now);
  const [expiry, setExpiry] = useState<ExpiryChoice['value']>(choices[0]?.value ?? 'none');
  const operation = useOperation(undefined, deliver);
  const expiresAt = choices.find(({ value }) => value === expiry)?.at ?? null;
  usePreview(operation, 'keys.create-for-rotation', { rotationId, keyId: old.id, expiresAt });
  const label = ({ value, at }: ExpiryChoice) =>
    at === null
      ? t('expiry.none')
      : t(`expiry.${value}`, { date: format.dateTime(new Date(at), { dateStyle: 'medium' }) });
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <section aria-labelledby={`${field}-copied`} className="min-w-0 space-y-3">
        <h3 id={`${field}-copied`} className="text-sm font-medium">
          {t('copied')}
        </h3>
        <div className="text-sm">{permissions}</div>
        <p className="text-sm text-muted">{t('copied-help')}</p>
        {own ? (
          <Notice tone="info" title={t('own')}>
            {t('own-help')}
          </Notice>
        ) : null}
        {operation.began ? null : (
          <PartSelect
            label={t('new-key-expires')}
            value={expiry}
            options={choices.map((one) => ({ value: one.value, text: label(one) }))}
            choose={setExpiry}
          />
        )}
      </section>
      <div className="min-w-0">
        <OperationPanel operation={operation} runLabel={t('create')} />
      </div>
    </div>
  );
}

type ExpiryChoice = { value: 'same-life' | 'none' | 'same-end' | 'd90' | 'd365'; at: string | null };

/** When the new key can expire; the old one's whole lifetime, or never, comes first. */
function expiryChoices(own: string | null, lifetime: string | null, now: number): ExpiryChoice[] {
  const iso = (ms: number) => new Date(now + ms).toISOString();
  return [
    ...(lifetime ? [{ value: 'same-life' as const, at: lifetime }] : []),
    { value: 'none', at: null },
    { value: 'd90', at: iso(90 * DAY) },
    { value: 'd365', at: iso(365 * DAY) },
    ...(own && Date.parse(own) > now ? [{ value: 'same-end' as const, at: own }] : []),
  ];
}

/** What there is to do with the new key until somebody confirmed that it is stored; nothing afterwards. */
export function NewKeyPart({ calls, ...props }: PartsProps & { calls: RotationCalls }) {
  const t = useTranslations('rotation');
  const { progress, changed, locked } = props;
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
            <SmallAction act={() => calls.close('given-up')} changed={changed} reason={locked}>
              {t('close-rotation')}
            </SmallAction>
          }
        >
          {t('unfindable-help', { mark: `[console ${progress.createEntryId ?? ''}]` })}
        </Notice>
      );
    case 'unstored':
      return progress.delivered ? (
        <>
          <p className="max-w-prose">{t('unstored-help')}</p>
          <SmallAction variant="primary" act={calls.acknowledge} changed={changed} reason={locked}>
            {t('i-stored-it')}
          </SmallAction>
          <p className="text-sm text-muted">{t('unstored-else')}</p>
        </>
      ) : (
        <Notice tone="warn" title={t('undelivered')}>
          {t('undelivered-help')}
        </Notice>
      );
    default:
      return null;
  }
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

/** Cancels a rotation by revoking its new key, or closes it with both keys kept. */
export function CancelRotation({ progress, locked, calls, changed }: PartsProps & { calls: RotationCalls }) {
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
  const unstored = state === 'unstored';
  return (
    <details className="rounded border bg-surface" open={unstored || undefined}>
      <summary className="min-h-11 px-4 py-3">{t(unstored ? 'not-stored' : 'cancel')}</summary>
      <FollowFocus stage={operation.state.at} className="space-y-4 border-t p-4">
        <p className="max-w-prose">{t(unstored ? 'cancel-unstored' : 'cancel-help')}</p>
        {operation.state.at === 'idle' ? (
          <>
            <GuardedButton reason={locked} onClick={() => void operation.preview('keys.cancel-rotation', input)}>
              {t(unstored ? 'revoke-new' : 'cancel-preview')}
            </GuardedButton>
            {state === 'stored' || state === 'overlap' ? (
              <div className="space-y-1">
                <SmallAction variant="ghost" act={() => calls.close('kept-both')} changed={changed} reason={locked}>
                  {t('keep-both')}
                </SmallAction>
                <p className="text-sm text-muted">{t('keep-both-help')}</p>
              </div>
            ) : null}
          </>
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
