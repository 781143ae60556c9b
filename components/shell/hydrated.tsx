'use client';

import { useEffect } from 'react';
import { TIME_ZONE_COOKIE } from '#lib/i18n/locales.ts';
import { PAGE_MARK } from '#lib/session/request/page-mark.ts';

/** Marks the page as hydrated (tests wait for it), and sets the cookie with the browser's time zone. `zone`: what the page was made for. */
export function Hydrated({ zone }: { zone: string }) {
  useEffect(() => {
    const before = zoneCookie();
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    document.cookie = `${TIME_ZONE_COOKIE}=${own}; path=/; max-age=31536000; samesite=lax`;
    // Whoever has travelled reads no time of another zone, and types none into a form that takes it for one of that zone.
    const isOfOtherZone = zone !== own && before !== own && zoneCookie() === own;
    if (isOfOtherZone && document.querySelector(`meta[name="${PAGE_MARK}"]`)) location.reload();
    else document.documentElement.dataset.hydrated = '';
  }, [zone]);
  return null;
}

function zoneCookie(): string | undefined {
  return new RegExp(`(?:^|; )${TIME_ZONE_COOKIE}=([^;]*)`).exec(document.cookie)?.[1];
}
