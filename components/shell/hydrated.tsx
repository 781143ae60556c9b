'use client';

import { useEffect } from 'react';

/** Marks the page as hydrated (tests wait for it) and sets the cookie with the browser's time zone. */
export function Hydrated() {
  useEffect(() => {
    document.documentElement.dataset.hydrated = '';
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    document.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax`;
  }, []);
  return null;
}
