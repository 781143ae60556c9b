import { useCallback, useState } from 'react';
import { useNow } from 'use-intl/react';

/** How far the server is ahead of this browser. A page that was kept for a while tells too little of it, so that the most counts. */
let ahead = Number.NEGATIVE_INFINITY;

/** The server's clock in milliseconds: the browser's may be a year off, and Omni goes by its own. */
export function useServerClock(): () => number {
  const sent = useNow().getTime();
  useState(() => (ahead = Math.max(ahead, sent - Date.now())));
  return useCallback(() => Date.now() + ahead, []);
}
