'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Notice } from '#components/ui/notice.tsx';

const CACHE_MS = 30_000;

/** How long Omni may still answer as before a change (milliseconds since 1970); goes away by itself. */
export function CacheNotice({ from }: { from: number }) {
  const t = useTranslations('route');
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const look = () => setLeft(Math.max(0, Math.ceil((from + CACHE_MS - Date.now()) / 1000)));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [from]);
  if (left === null || left === 0) return null;
  return (
    <Notice tone="info" className="mb-3">
      {t('cache', { seconds: Math.min(left, CACHE_MS / 1000) })}
    </Notice>
  );
}
