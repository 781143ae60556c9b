'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Notices } from '#components/ui/state/notices.tsx';
import { ROUTES_CACHED_MS, useTakesEffect } from './use-takes-effect.ts';

/** Within how long a change of routes takes effect. `from`: when it was made, in milliseconds since 1970. Disappears by itself. */
export function CacheNotice({ from, actions }: { from: number; actions?: ReactNode }) {
  const t = useTranslations('routes-changed');
  const left = useTakesEffect(from, ROUTES_CACHED_MS);
  if (left === null) return null;
  return <Notices all={[{ id: 'cache', tone: 'info', text: t('cache', left), action: actions }]} />;
}
