'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Lookup } from '#lib/lookups/lookup.ts';
import { askLines, LookupFailed } from './ask.ts';

type Callbacks<A> = {
  /** Each line as it comes. */
  onLine: (line: A) => void;
  /** Why there is none; a code of `problems`. */
  onProblem?: (problem: string) => void;
  /** All lines came. */
  onEnd?: () => void;
};

/**
 * One lookup of a part of a page: the newest question is answered, those before are aborted, down to Omni. `ask` waits until
 * questions rest for `restMs`, and is busy from the first on; null stops. A session that has ended leads to the sign-in and back
 * (`consoleFetch`). `again` repeats the last question at once.
 */
export function useLookup<Q extends object, A>(lookup: Lookup<Q, A>, callbacks: Callbacks<A>) {
  const [busy, setBusy] = useState(false);
  const call = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef<Q>(undefined);
  const latest = useRef({ lookup, ...callbacks });
  useEffect(() => {
    latest.current = { lookup, ...callbacks };
  });

  const stop = useCallback(() => {
    clearTimeout(timer.current);
    call.current?.abort();
    setBusy(false);
  }, []);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      call.current?.abort();
    },
    [],
  );

  const send = useCallback(async (query: Q) => {
    call.current?.abort();
    const own = new AbortController();
    call.current = own;
    last.current = query;
    setBusy(true);
    try {
      for await (const line of askLines(latest.current.lookup, query, own.signal)) {
        if (own.signal.aborted) return;
        latest.current.onLine(line);
      }
      if (!own.signal.aborted) latest.current.onEnd?.();
    } catch (error) {
      if (own.signal.aborted) return;
      latest.current.onProblem?.(error instanceof LookupFailed ? error.problem : 'unexpected');
    }
    if (call.current === own && !own.signal.aborted) setBusy(false);
  }, []);

  return {
    busy,
    stop,
    ask: useCallback(
      (query: Q | null, restMs = 0) => {
        clearTimeout(timer.current);
        call.current?.abort();
        setBusy(query !== null);
        if (query === null) return;
        if (restMs === 0) void send(query);
        else timer.current = setTimeout(() => void send(query), restMs);
      },
      [send],
    ),
    again: useCallback(() => {
      if (last.current) void send(last.current);
    }, [send]),
  };
}
