'use client';

import { useEffect } from 'react';
import { withReceipt } from '#lib/session/incoming/receipt-address.ts';

/**
 * Names the entry in the page's address, so that a reload leads to the entry's own page (`proxy.ts`). From the start of the run on: a
 * later change of the address would discard the refresh that follows a change.
 */
export function useReceiptAddress(entryId: string | null): void {
  useEffect(() => {
    if (entryId !== null) history.replaceState(null, '', withReceipt(location.href, entryId));
  }, [entryId]);
}
