'use client';

import { useEffect } from 'react';
import { withoutReceipt, withReceipt } from '#lib/session/incoming/receipt-address.ts';

/**
 * Names the entry in the page's address for as long as its receipt is shown, so that a reload leads to the entry's own page
 * (`proxy.ts`). From the start of the run on: a later change of the address would discard the refresh that follows a change.
 */
export function useReceiptAddress(entryId: string | null): void {
  useEffect(() => {
    if (entryId === null) return undefined;
    history.replaceState(null, '', withReceipt(location.href, entryId));
    return () => {
      const address = withoutReceipt(location.href, entryId);
      if (address !== location.href) history.replaceState(null, '', address);
    };
  }, [entryId]);
}
