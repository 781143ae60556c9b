'use client';

import { useEffect, useRef } from 'react';

/** How much longer it waits at most while nothing answers. */
const MOST_BACK_OFF = 8;

/**
 * Calls `read` every `everyMs` while `on`, after the call before has ended. A hidden tab reads nothing, and reads at once when it is
 * looked at again. While `read` answers false it waits twice as long each time, up to eight times.
 */
export function usePoll(
  read: (signal: AbortSignal) => Promise<boolean>,
  { everyMs, on = true, onHidden }: { everyMs: number; on?: boolean; onHidden?: () => void },
): void {
  const latest = useRef({ read, onHidden });
  useEffect(() => {
    latest.current = { read, onHidden };
  });
  useEffect(() => {
    if (!on) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let call: AbortController | undefined;
    let waits = 1;
    const again = () => {
      timer = setTimeout(() => void once(), everyMs * waits);
    };
    const once = async () => {
      const own = new AbortController();
      call = own;
      const answered = await latest.current.read(own.signal).catch(() => false);
      if (own.signal.aborted) return;
      waits = answered ? 1 : Math.min(waits * 2, MOST_BACK_OFF);
      again();
    };
    const pause = () => {
      clearTimeout(timer);
      call?.abort();
    };
    const looked = () => {
      pause();
      if (document.hidden) latest.current.onHidden?.();
      else void once();
    };
    document.addEventListener('visibilitychange', looked);
    if (!document.hidden) again();
    return () => {
      document.removeEventListener('visibilitychange', looked);
      pause();
    };
  }, [everyMs, on]);
}
