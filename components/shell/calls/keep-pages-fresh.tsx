'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { PrefetchKind } from 'next/dist/client/components/router-reducer/router-reducer-types';
import type { AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { useEffect, useTransition } from 'react';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { askAhead } from './ask-ahead.ts';
import { keptPages } from './kept-pages.ts';
import { pageIsRead, readBy } from './page-reading.ts';
import { onChangeElsewhere } from './session-channel.ts';

/**
 * Asks for pages ahead, and reads a page again that is older than it may be: one that was kept from before a change, in this tab and
 * in the others of the session, or a copy of some seconds ago.
 */
export function KeepPagesFresh() {
  const router = useRouter();
  const actor = useActor();
  const page = usePathname();
  const query = useSearchParams().toString();
  const [reading, start] = useTransition();
  useEffect(() => readBy(() => start(() => router.refresh())), [router]);
  useEffect(() => {
    if (!reading) pageIsRead();
  }, [reading]);
  useEffect(() => keptPages.arrive(query ? `${page}?${query}` : page), [page, query]);
  useEffect(() => {
    // Next's types of addresses leave out what the router takes.
    const { prefetch }: AppRouterInstance = router;
    return askAhead((address, gone) => prefetch(address, { kind: PrefetchKind.FULL, onInvalidate: gone }));
  }, [router]);
  useEffect(() => onChangeElsewhere(actor, keptPages.outdatedElsewhere), [actor]);
  useEffect(() => {
    const seen = () => document.visibilityState === 'visible' && keptPages.show();
    window.addEventListener('popstate', keptPages.traverse);
    document.addEventListener('visibilitychange', seen);
    return () => {
      window.removeEventListener('popstate', keptPages.traverse);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
  return null;
}
