'use client';

import { lazy, Suspense } from 'react';
import type { MayNotSentenceProps } from './forbidden-sentence.tsx';

/** Stands ready behind every page, so what it says is loaded when it is said. */
const Sentence = lazy(() => import('./forbidden-sentence.tsx').then((part) => ({ default: part.MayNotSentence })));

/** All there is on a page that is of no use with this key: which right is missing. */
export function MayNot(props: MayNotSentenceProps) {
  return (
    <Suspense fallback={null}>
      <Sentence {...props} />
    </Suspense>
  );
}
