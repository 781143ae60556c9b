'use client';

import { useEffect } from 'react';

/** Marks the page as alive (tests wait for it) and tells the server which time zone the browser lives in. */
export function Hydrated() {
  useEffect(() => {
    document.documentElement.dataset.hydrated = '';
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    document.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax`;
  }, []);
  return null;
}
