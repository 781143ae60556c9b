'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionLimits } from '#lib/session/session-limits.ts';
import { onTold, tellTabsOf } from './session-channel.ts';

/** Where the session stands. `until` is this browser's clock; `moved`: another tab signed in elsewhere or as somebody else. */
export type SessionAt =
  | { at: 'fine' }
  | { at: 'warning'; limit: 'idle' | 'longest'; until: number }
  | { at: 'ended'; reason: 'idle' | 'expired' }
  | { at: 'moved'; to: SessionLimits };

const TICK = 5_000;
const ALIVE_EVERY = 5 * 60_000;

/**
 * Watches the end of a session. Asks the console before it warns (another tab may have been busy), when the tab is looked
 * at again, and when another tab says that something changed. Whoever types or clicks here keeps the session alive.
 */
export function useSessionClock(limits: SessionLimits) {
  const [state, setState] = useState<SessionAt>({ at: 'fine' });
  const [first] = useState(limits);
  const own = useRef({ serverId: limits.serverId, actor: limits.actor });
  const covered = useRef(false);
  const known = useRef({ limits, offset: 0 });
  const alive = useRef(0);
  const latest = useRef<Promise<boolean> | null>(null);
  const signingIn = useRef(false);

  /** False when this page is no longer this session's. */
  const judge = useCallback((limits: SessionLimits): boolean => {
    const offset = Date.now() - limits.now;
    known.current = { limits, offset };
    if (limits.serverId !== own.current.serverId || limits.actor !== own.current.actor) {
      covered.current = true;
      setState({ at: 'moved', to: limits });
      return false;
    }
    covered.current = false;
    const end = Math.min(limits.idleEndsAt, limits.endsAt);
    const limit = limits.endsAt <= limits.idleEndsAt ? 'longest' : 'idle';
    const near = end - limits.now <= limits.warnMs;
    setState(near ? { at: 'warning', limit, until: end + offset } : { at: 'fine' });
    return true;
  }, []);

  // The console renders this page anew when somebody signs in on it, perhaps as another, and when a rotation moves the
  // session to the new key: then the page is still its own, and what it shows once must not be covered.
  const rendered = useRef(limits);
  useEffect(() => {
    tellTabsOf(limits.sid);
    if (rendered.current.sid !== limits.sid || rendered.current.actor !== limits.actor) {
      if (!covered.current) own.current = { serverId: limits.serverId, actor: limits.actor };
      judge(limits);
    }
    rendered.current = limits;
  }, [limits, judge]);

  /** What is asked last counts: an answer to an earlier question may be older than a sign-in, or than a "stay". */
  const ask = useCallback(
    (method: 'GET' | 'POST' = 'GET'): Promise<boolean> => {
      const run = async (): Promise<boolean> => {
        const answer = await fetch('/api/session', { method, cache: 'no-store' }).catch(() => null);
        const told: unknown = await answer?.json().catch(() => null);
        if (latest.current !== own) return latest.current ?? false;
        latest.current = null;
        if (answer?.ok && told) return judge(told as SessionLimits);
        if (answer?.status !== 401) return false;
        const { problem } = told as { problem: string };
        covered.current = true;
        const { limits, offset } = known.current;
        const over = limits.endsAt + offset <= Date.now();
        if (problem === 'idle') setState({ at: 'ended', reason: 'idle' });
        else if (problem === 'expired' || (problem === 'none' && over)) setState({ at: 'ended', reason: 'expired' });
        else leave(problem === 'none' ? 'signed_out' : problem);
        return false;
      };
      const own = run();
      latest.current = own;
      return own;
    },
    [judge],
  );

  /** While the key is checked nothing is asked, and what was asked before is not listened to: it is of the old session. */
  const signIn = useCallback(async <T>(send: () => Promise<T>): Promise<T> => {
    signingIn.current = true;
    latest.current = null;
    try {
      return await send();
    } finally {
      signingIn.current = false;
    }
  }, []);

  useEffect(() => {
    known.current.offset = Date.now() - known.current.limits.now;
    alive.current = Date.now();
    const tick = () => {
      const { limits, offset } = known.current;
      const left = Math.min(limits.idleEndsAt, limits.endsAt) + offset - Date.now();
      if (left <= limits.warnMs && !latest.current) look();
    };
    const look = () => {
      if (!signingIn.current) void ask();
    };
    const seen = () => document.visibilityState === 'visible' && !latest.current && look();
    const active = () => {
      if (signingIn.current || Date.now() - alive.current < ALIVE_EVERY) return;
      alive.current = Date.now();
      void ask('POST');
    };
    const back = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      // What the browser kept may be another's by now.
      document.documentElement.dataset.locked = '';
      location.reload();
    };
    const timer = setInterval(tick, TICK);
    const stop = onTold(look);
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('focus', seen);
    window.addEventListener('pageshow', back);
    window.addEventListener('pointerdown', active, { passive: true });
    window.addEventListener('keydown', active, { passive: true });
    return () => {
      clearInterval(timer);
      stop();
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('focus', seen);
      window.removeEventListener('pageshow', back);
      window.removeEventListener('pointerdown', active);
      window.removeEventListener('keydown', active);
    };
  }, [ask]);

  return { state, ask, signIn, first };
}

function leave(reason: string): void {
  document.documentElement.dataset.locked = '';
  const next = location.pathname + location.search;
  location.replace(`/login?${new URLSearchParams({ reason, next })}`);
}
