'use client';

import { lazy, Suspense } from 'react';
import type { ForbiddenProps } from './forbidden-sentence.tsx';

/** Part of every page, so its sentence is loaded only when it is shown. */
const Sentence = lazy(() => import('./forbidden-sentence.tsx').then((part) => ({ default: part.ForbiddenSentence })));

/** The whole content of a page that the key can't use: the missing scope. */
export function ForbiddenPage(props: ForbiddenProps) {
  return (
    <Suspense fallback={null}>
      <Sentence {...props} />
    </Suspense>
  );
}
