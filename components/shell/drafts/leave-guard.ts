'use client';

import { useEffect } from 'react';

/**
 * Asks before a page with something on it that would be lost is left: by closing, reloading, a link or the browser's Back. A link
 * to the same page with another query is no leaving. Where Back can't be held, the draft brings back what was typed.
 */
export function useLeaveGuard(active: boolean, question: string): void {
  useEffect(() => {
    if (!active) return undefined;
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault();
    const following = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      const elsewhere =
        link instanceof HTMLAnchorElement &&
        link.target !== '_blank' &&
        !link.hasAttribute('download') &&
        link.pathname !== location.pathname &&
        !event.ctrlKey &&
        !event.metaKey;
      if (!elsewhere || confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const goingBack = (event: NavigateEvent) => {
      const back = event.navigationType === 'traverse' && event.cancelable;
      if (back && URL.parse(event.destination.url)?.pathname !== location.pathname && !confirm(question))
        event.preventDefault();
    };
    addEventListener('beforeunload', leaving);
    addEventListener('click', following, true);
    globalThis.navigation?.addEventListener('navigate', goingBack);
    return () => {
      removeEventListener('beforeunload', leaving);
      removeEventListener('click', following, true);
      globalThis.navigation?.removeEventListener('navigate', goingBack);
    };
  }, [active, question]);
}

/** Calls back when the page is about to be left; whoever is asked then may stay. */
export function whenLeaving(then: () => void): void {
  addEventListener('beforeunload', then);
}
