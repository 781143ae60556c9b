'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useMemo, useSyncExternalStore } from 'react';
import { RECEIPT } from '#lib/session/incoming/receipt-address.ts';
import { onShownAddress, shownAddress } from './shown-address.ts';

/** The query of this page's address as somebody sees it, dialogs included; the router knows only its own. Without a receipt. */
export function useShownQuery(): URLSearchParams {
  const [path, query] = [usePathname(), useSearchParams()];
  const shown = useSyncExternalStore(onShownAddress, shownAddress, () => undefined);
  return useMemo(() => {
    const router = shown && new URL(shown.router);
    const isIts = router?.pathname === path && router.searchParams.toString() === query.toString();
    const seen = new URLSearchParams(shown && isIts ? new URL(shown.address).search : query);
    seen.delete(RECEIPT);
    return seen;
  }, [path, query, shown]);
}
