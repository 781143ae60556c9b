import { useCallback, useState } from 'react';
import { useNow } from 'use-intl/react';

/** The server's clock in milliseconds: the browser's may be a year off, and Omni goes by its own. */
export function useServerClock(): () => number {
  const sent = useNow().getTime();
  const [ahead] = useState(() => sent - Date.now());
  return useCallback(() => Date.now() + ahead, [ahead]);
}
