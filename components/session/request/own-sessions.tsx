'use client';

import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { useLeave } from '#components/session/sign-in/sign-out.ts';

type OwnSession = {
  sid: string;
  here: boolean;
  browser: string | null;
  name: string;
  since: ReactNode;
  seen: ReactNode;
};
type Props = { sessions: OwnSession[]; end: (input: { sid: string }) => Promise<ActionResult> };

/** The sessions of this key, and how to end each. */
export function OwnSessions({ sessions, end }: Props) {
  const t = useTranslations('account');
  const leave = useLeave();
  const tProblem = useTranslations('problems');
  const router = useRouter();
  const [busy, setBusy] = useState<string>();
  const [failed, setFailed] = useState(false);
  async function endOne(sid: string) {
    setBusy(sid);
    const result = await end({ sid }).catch(() => null);
    setFailed(!result?.ok);
    setBusy(undefined);
    router.refresh();
  }
  return (
    <>
      {failed ? (
        <div className="border-b p-4">
          <Notice tone="danger" role="alert" title={tProblem('unexpected.title')} />
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
      <div className="border-t p-4">
        <Button variant="danger" onClick={() => void leave({ everywhere: true })}>
          {t('sign-out-everywhere')}
        </Button>
        <p className="mt-2 text-sm text-muted">{t('everywhere-hint')}</p>
      </div>
    </>
  );
}
