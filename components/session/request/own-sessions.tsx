'use client';

import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import { useLeave } from '#components/session/sign-in/sign-out.ts';
import { callAction } from '#components/shell/calls/call-action.ts';

type OwnSession = {
  sid: string;
  here: boolean;
  browser: string | null;
  name: string;
  since: ReactNode;
  seen: ReactNode;
};
type Props = { sessions: OwnSession[]; end: ServerAction<{ sid: string }> };

/** The sessions of this key, and how to end each. */
export function OwnSessions({ sessions, end }: Props) {
  const t = useTranslations('account');
  const leave = useLeave();
  const [busy, setBusy] = useState<string>();
  const [failure, setFailure] = useState<ActionFailure>();
  async function endOne(sid: string) {
    setBusy(sid);
    const result = await callAction(end, { sid });
    setFailure(result.ok ? undefined : result);
    setBusy(undefined);
    readPageAgain();
  }
  return (
    <>
      {failure ? (
        <div className="border-b p-4">
          <ProblemNotice failure={failure} />
        </div>
      ) : null}
      <ul className="divide-y">
        {sessions.map(({ sid, here, browser, name, since, seen }) => (
          <li key={sid} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{browser ?? t('unknown-browser')}</span>
                {here ? <Badge tone="good">{t('this-one')}</Badge> : null}
              </p>
              <p className="text-sm text-muted">
                {name} · {t('since')} {since} · {t('seen')} {seen}
              </p>
            </div>
            {here ? null : (
              <Button size="sm" disabled={busy !== undefined} onClick={() => void endOne(sid)}>
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-3">
        <Button onClick={() => void leave({ everywhere: true })}>{t('sign-out-everywhere')}</Button>
        <p className="text-sm text-muted">{t('everywhere-hint')}</p>
      </div>
    </>
  );
}
