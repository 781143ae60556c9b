'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { keptPages } from './kept-pages.ts';
import { onChangeElsewhere } from './session-channel.ts';

/** Reads a page again that was kept from before a change, in this tab and in the others of the session. */
export function KeepPagesFresh() {
  const router = useRouter();
  const actor = useActor();
  const page = usePathname();
  const query = useSearchParams().toString();
  useEffect(() => keptPages.readBy(() => router.refresh()), [router]);
  useEffect(() => keptPages.arrive(), [page, query]);
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
