'use client';

import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Notices } from '#components/ui/state/notices.tsx';

const CACHE_MS = 30_000;

/** Within how many seconds a change takes effect. `from`: when it was made, in milliseconds since 1970. Disappears by itself. */
export function CacheNotice({ from, actions }: { from: number; actions?: ReactNode }) {
  const t = useTranslations('routes-changed');
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setLeft(Math.max(0, Math.ceil((from + CACHE_MS - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [from]);
  if (left === null || left === 0) return null;
  return (
    <Notices
      all={[
        {
          id: 'cache',
          tone: 'info',
          text: t('cache', { seconds: Math.min(left, CACHE_MS / 1000) }),
          action: actions,
        },
      ]}
    />
  );
}
