'use client';

import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl/react';
import { isLineLost, onLineChange } from './await-line.ts';

/** Says that the console can't be reached, for as long as that is so. */
export function LostLine() {
  const t = useTranslations('shell');
  const lost = useSyncExternalStore(onLineChange, isLineLost, () => false);
  if (!lost) return null;
  return (
    <p
      role="alert"
      className="pointer-events-none fixed inset-x-4 top-2 z-40 mx-auto flex w-fit items-center gap-2 rounded-md border bg-surface px-3 py-2 shadow-lg"
    >
      <WifiOff aria-hidden className="size-4 shrink-0 text-warn" />
      {t('line-lost')}
    </p>
  );
}
