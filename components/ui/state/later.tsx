'use client';

import { createElement, lazy, Suspense, useEffect, type ComponentType, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useToast } from '#components/ui/overlay/toasts.tsx';

/**
 * A part that is loaded once it is shown: no page loads for everybody what few open. `waiting` stands in its place meanwhile. Where it
 * does not load, a toast says so.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, waiting: ReactNode = null) {
  const Part = lazy<ComponentType<P>>(async () => ({ default: await load().catch(() => NotLoaded) }));
  return function Later(props: P) {
    return <Suspense fallback={waiting}>{createElement(Part as ComponentType<P>, props)}</Suspense>;
  };
}

function NotLoaded() {
  const t = useTranslations('ui');
  const toast = useToast();
  useEffect(() => toast({ text: t('not-loaded'), persistent: true }), [t, toast]);
  return null;
}
