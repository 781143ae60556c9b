'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionLimits } from '#lib/session/session-limits.ts';
import { clearTab } from '#components/shell/drafts/draft-storage.ts';
import { onSessionEnd } from '#components/shell/calls/console-fetch.ts';
import { onSessionChange, notifyTabsOf } from '#components/shell/calls/session-channel.ts';

/** The state of the session. `until` is this browser's clock; `moved`: another tab uses another server or key now. */
export type SessionAt =
  | { at: 'fine' }
  | { at: 'warning'; limit: 'idle' | 'longest'; until: number }
  | { at: 'ended'; reason: 'idle' | 'expired' }
  | { at: 'moved'; to: SessionLimits };

const TICK = 5_000;
const ALIVE_EVERY = 5 * 60_000;

/**
 * Watches the end of a session. It reads the session again before it warns (another tab may have been used), when the tab becomes
 * visible, and when another tab reports a change. Typing and clicking keep the session alive.
 */
export function useSessionClock(limits: SessionLimits) {
  const [state, setState] = useState<SessionAt>({ at: 'fine' });
  const [first] = useState(limits);
  const pageSession = useRef({ serverId: limits.serverId, actor: limits.actor });
  const covered = useRef(false);
  const known = useRef({ limits, offset: 0 });
  const alive = useRef(0);
  const latest = useRef<Promise<boolean> | null>(null);
  const signingIn = useRef(false);

  /** Shows the limits; false when the page belongs to another session. */
  const apply = useCallback((limits: SessionLimits): boolean => {
    const offset = Date.now() - limits.now;
    known.current = { limits, offset };
    if (limits.serverId !== pageSession.current.serverId || limits.actor !== pageSession.current.actor) {
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

  // The page is rendered again after a sign-in on it, perhaps with another key, and after a rotation moved the session to the new
  // key: then the page still belongs to the session, and the key it shows once must not be covered.
  const rendered = useRef(limits);
  useEffect(() => {
    notifyTabsOf(limits.sid);
    if (rendered.current.sid !== limits.sid || rendered.current.actor !== limits.actor) {
      if (!covered.current) pageSession.current = { serverId: limits.serverId, actor: limits.actor };
      apply(limits);
    }
    rendered.current = limits;
  }, [limits, apply]);

  /** Only the latest request counts: an earlier answer may be older than a sign-in, or than a "stay". */
  const refresh = useCallback(
    (method: 'GET' | 'POST' = 'GET'): Promise<boolean> => {
      const run = async (): Promise<boolean> => {
        const answer = await fetch('/api/session', { method, cache: 'no-store' }).catch(() => null);
        const body: unknown = await answer?.json().catch(() => null);
        if (latest.current !== running) return latest.current ?? false;
        latest.current = null;
        if (answer?.ok && body) return apply(body as SessionLimits);
        if (answer?.status !== 401) return false;
        const { problem } = body as { problem: string };
        // The console's database is away: nobody can tell whether the session has ended, and what is on the page stays.
        if (problem === 'store_down') return false;
        covered.current = true;
        const { limits, offset } = known.current;
        // The browser may drop the cookie a moment before the limit: both clocks count in their own way.
        const over = limits.endsAt + offset <= Date.now() + TICK;
        if (problem === 'idle') setState({ at: 'ended', reason: 'idle' });
        else if (problem === 'expired' || (problem === 'none' && over)) setState({ at: 'ended', reason: 'expired' });
        else leave(problem === 'none' ? 'signed_out' : problem);
        return false;
      };
      const running = run();
      latest.current = running;
      return running;
    },
    [apply],
  );

  /** While the key is checked the session is not read, and earlier answers are ignored: they belong to the old session. */
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
      if (left <= limits.warnMs && !latest.current) refreshUnlessSigningIn();
    };
    const refreshUnlessSigningIn = () => {
      if (!signingIn.current) void refresh();
    };
    // A cover that is there already, and a reading that is under way, know of it.
    const signedOut = () => !covered.current && !latest.current && refreshUnlessSigningIn();
    const onVisible = () => document.visibilityState === 'visible' && !latest.current && refreshUnlessSigningIn();
    const active = () => {
      if (signingIn.current || Date.now() - alive.current < ALIVE_EVERY) return;
      alive.current = Date.now();
      void refresh('POST');
    };
    const back = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      // The cached page may belong to another session by now.
      document.documentElement.dataset.locked = '';
      location.reload();
    };
    const timer = setInterval(tick, TICK);
    const stops = [onSessionChange(refreshUnlessSigningIn), onSessionEnd(signedOut)];
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('focus', onVisible);
    window.addEventListener('pageshow', back);
    window.addEventListener('pointerdown', active, { passive: true });
    window.addEventListener('keydown', active, { passive: true });
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('focus', onVisible);
      window.removeEventListener('pageshow', back);
      window.removeEventListener('pointerdown', active);
      window.removeEventListener('keydown', active);
    };
  }, [refresh]);

  return { state, refresh, signIn, first };
}

function leave(reason: string): void {
  document.documentElement.dataset.locked = '';
  if (reason === 'signed_out') clearTab();
  const next = location.pathname + location.search;
  location.replace(`/login?${new URLSearchParams({ reason, next })}`);
}
