'use client';

import { lazy, Suspense, type ComponentProps } from 'react';
import type { KeyForm as Form } from './ask-for-key.tsx';

const Loaded = lazy(() => import('./ask-for-key.tsx').then(({ KeyForm }) => ({ default: KeyForm })));

/** Asks for the session's key inside a dialog, and is loaded with it: no page loads react-hook-form for a dialog it may never show. */
export function KeyForm(props: ComponentProps<typeof Form>) {
  return (
    <Suspense fallback={<div className="skeleton mt-4 h-36" />}>
      <Loaded {...props} />
    </Suspense>
  );
}
