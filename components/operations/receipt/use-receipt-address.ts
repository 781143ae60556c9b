'use client';

import { useEffect } from 'react';
import { showAddress } from '#components/shell/calls/shown-address.ts';
import { withoutReceipt, withReceipt } from '#lib/session/incoming/receipt-address.ts';

/**
 * Names the entry in the page's address for as long as its receipt is shown, so that a reload leads to the entry's own page
 * (`proxy.ts`).
 */
export function useReceiptAddress(entryId: string | null): void {
  useEffect(() => {
    if (entryId === null) return undefined;
    showAddress(withReceipt(location.href, entryId));
    return () => {
      const address = withoutReceipt(location.href, entryId);
      if (address !== location.href) showAddress(address);
    };
  }, [entryId]);
}
