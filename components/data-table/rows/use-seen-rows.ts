'use client';

import { useEffect, useRef, type RefObject } from 'react';

/** Calls back with the rows that came into sight, by id: the browser tells when it stops skipping a row (`content-visibility`). */
export function useSeenRows(body: RefObject<HTMLElement | null>, onSeen: ((ids: string[]) => void) | undefined): void {
  const call = useRef(onSeen);
  useEffect(() => {
    call.current = onSeen;
  });
  useEffect(() => {
    const rows = body.current;
    if (!rows) return;
    let fresh: string[] = [];
    const changed = (event: Event) => {
      const { id } = (event.target as HTMLElement).dataset;
      if (!id || (event as Event & { skipped?: boolean }).skipped) return;
      if (fresh.length === 0) setTimeout(() => (call.current?.(fresh), (fresh = [])), 100);
      fresh.push(id);
    };
    rows.addEventListener('contentvisibilityautostatechange', changed, true);
    return () => rows.removeEventListener('contentvisibilityautostatechange', changed, true);
  }, [body]);
}
