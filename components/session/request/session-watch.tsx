'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { KeyForm } from '#components/form/ask-for-key-later.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { SessionLimits } from '#lib/session/session-limits.ts';
import { useLeave } from '#components/session/sign-in/sign-out.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { useSessionClock, type SessionAt } from './use-session-clock.ts';

type Props = {
  limits: SessionLimits;
  yourName: string;
  signInHere: ServerAction<{ serverId: string; key: string; yourName: string }>;
};

/** Warns before the session ends; after its end it covers the page and asks for the key, so that nothing typed is lost. */
export function SessionWatch({ limits, yourName, signInHere }: Props) {
  const t = useTranslations('session');
  const leave = useLeave();
  const { state, refresh, signIn, first } = useSessionClock(limits);
  const covered = state.at === 'ended' || state.at === 'moved';
  const whose = `${first.who} @ ${first.serverName}`;
  useEffect(() => {
    if (covered) document.documentElement.dataset.locked = '';
    else delete document.documentElement.dataset.locked;
  }, [covered]);

  async function again(key: string) {
    const result = await signIn(() => callAction(signInHere, { serverId: first.serverId, key, yourName }));
    if (!result.ok) return result;
    if (await refresh()) readPageAgain();
    return null;
  }
  const signOut = (
    <Button variant="ghost" onClick={() => void leave()}>
      {t('sign-out')}
    </Button>
  );

  return (
    <Dialog open={state.at !== 'fine'} alert title={t(`titles.${nameOf(state)}`)}>
      {state.at === 'warning' ? <Countdown until={state.until} limit={state.limit} /> : null}
      {state.at === 'warning' && state.limit === 'idle' ? (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button variant="primary" onClick={() => void refresh('POST')}>
            {t('stay')}
          </Button>
          {signOut}
        </div>
      ) : null}
      {state.at === 'ended' ? <p className="mt-2 text-muted">{t(`ended.${state.reason}`)}</p> : null}
      {state.at === 'ended' || (state.at === 'warning' && state.limit === 'longest') ? (
        <KeyForm whose={whose} label={t('stay')} busyLabel={t('checking')} send={again} actions={signOut} />
      ) : null}
      {state.at === 'moved' ? (
        <>
          <p className="mt-2 text-muted">
            {t('moved', { was: whose, is: `${state.to.who} @ ${state.to.serverName}` })}
          </p>
          <div className="mt-4">
            <Button variant="primary" onClick={() => location.assign('/')}>
              {t('go-there', { server: state.to.serverName })}
            </Button>
          </div>
        </>
      ) : null}
    </Dialog>
  );
}

function nameOf(state: SessionAt): 'idle' | 'longest' | 'ended' | 'moved' {
  if (state.at === 'warning') return state.limit;
  return state.at === 'moved' ? 'moved' : 'ended';
}

function Countdown({ until, limit }: { until: number; limit: 'idle' | 'longest' }) {
  const t = useTranslations('session');
  const [left, setLeft] = useState(() => until - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return (
    <>
      <p className="mt-2 text-muted">{t(`warnings.${limit}`)}</p>
      <p role="timer" className="mt-3 text-lg font-medium tabular-nums">
        {t('left', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` })}
      </p>
    </>
  );
}
