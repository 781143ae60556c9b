'use client';

import { useEffect } from 'react';

/** Asks before a page with something on it that would be lost is left: by closing, reloading, or a link. */
export function useLeaveGuard(active: boolean, question: string): void {
  useEffect(() => {
    if (!active) return undefined;
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault();
    const following = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      const elsewhere =
        link instanceof HTMLAnchorElement && link.target !== '_blank' && !event.ctrlKey && !event.metaKey;
      if (!elsewhere || confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('beforeunload', leaving);
    addEventListener('click', following, true);
    return () => {
      removeEventListener('beforeunload', leaving);
      removeEventListener('click', following, true);
    };
  }, [active, question]);
}
