'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Board } from '#lib/keys/rotate/rotation-board.ts';
import type { BoardActions } from './rotation-board.tsx';
import { EndOldKey } from './rotation-end.tsx';
import { RevokeOldKey } from './rotation-revoke.tsx';

export type NextProps = {
  board: Board;
  zone: string;
  locked: string | undefined;
  look: () => Promise<void>;
  nowByOmni: () => number;
  actions: BoardActions;
  changed: () => Promise<void>;
};

/** What comes next in a rotation's state, in a sentence and with its buttons. */
export function RotationNext(props: NextProps) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const { board, zone } = props;
  const { state, row, old } = board;
  const again = (
    <Link
      href={{ pathname: '/keys/rotate', query: { key: row.oldKeyId } }}
      prefetch={false}
      className={buttonClass({})}
    >
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
    case 'minting':
      return <p role="status">{t('minting')}</p>;
    case 'stopped':
      return <Look {...props} />;
    case 'unfindable':
      return <Unfindable {...props} />;
    case 'unstored':
      return <Unstored {...props} />;
    case 'stored':
      return (
        <>
          <p className="mb-4 max-w-prose">{t('stored-help')}</p>
          {board.own ? (
            <Notice tone="warn" title={t('still-old')}>
              {t('still-old-help')}
            </Notice>
          ) : (
            <EndOldKey {...props} />
          )}
        </>
      );
    case 'overlap': {
      const end = old.is === 'active' && old.end !== null ? old.end : board.now;
      const time = format.dateTime(end, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
      return (
        <>
          <p className="mb-4 max-w-prose">
            {t('overlap-help', { time, left: format.relativeTime(end, { now: board.now }) })}
          </p>
          <RevokeOldKey {...props} />
          <details className="mt-4 rounded border">
            <summary className="min-h-10 px-3 py-2.5">{t('change-end')}</summary>
            <div className="border-t p-3">
              <EndOldKey {...props} />
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
          {t('done-help')}
        </Notice>
      );
    case 'cancelled':
      return (
        <Notice tone="info" role="status" title={t('cancelled')} actions={again}>
          {t('cancelled-help')}
        </Notice>
      );
    case 'not-made':
      return (
        <Notice tone="info" role="status" title={t('not-made')} actions={again}>
          {t('not-made-help')}
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
          {t('unknown-help')}
        </Notice>
      );
  }
}

/** The making died before anybody knows whether it happened: looking makes nothing. */
function Look({ board, changed, locked }: NextProps) {
  const t = useTranslations('rotation');
  const operation = useOperation(() => void changed());
  const entry = board.mintEntry;
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
          {t('look')}
        </GuardedButton>
      ) : (
        <OperationPanel operation={operation} runLabel={t('look')} />
      )}
    </FollowFocus>
  );
}

function Unfindable({ board, actions, changed, locked }: NextProps) {
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
            await actions.close({ id: board.row.id, as: 'given-up' });
            await changed();
          }}
        >
          {t('give-up')}
        </GuardedButton>
      }
    >
      {t('unfindable-help', { mark: `[console ${board.mintEntry ?? ''}]` })}
    </Notice>
  );
}

/** Nobody said yet that the new key is stored: it is, or it is ended and another one made. */
function Unstored({ board, actions, changed, locked }: NextProps) {
  const t = useTranslations('rotation');
  const [busy, setBusy] = useState(false);
  return (
    <div className="space-y-4">
      <p className="max-w-prose">{t(board.seen ? 'unstored-help' : 'unseen-help')}</p>
      {board.seen ? (
        <GuardedButton
          variant="primary"
          reason={locked}
          disabled={busy}
          onClick={async () => {
            setBusy(true);
            await actions.acknowledge({ id: board.row.id });
            await changed();
            setBusy(false);
          }}
        >
          {t('i-stored-it')}
        </GuardedButton>
      ) : null}
      <p className="text-sm text-muted">{t('unstored-else')}</p>
    </div>
  );
}
