'use client';

import { Suspense, use, useState, type ReactNode } from 'react';

type Props = { now?: ReactNode; late?: Promise<ReactNode>; fallback?: ReactNode };

/**
 * The content of `Deferred`. There is a boundary only where the first data was late, so that content that came with the page keeps
 * its state (inputs, choices) while the page is refreshed.
 */
export function UntilSettled({ now, late, fallback }: Props) {
  const [plain] = useState(late === undefined);
  const content = <Content now={now} late={late} />;
  return plain ? content : <Suspense fallback={fallback}>{content}</Suspense>;
}

function Content({ now, late }: Omit<Props, 'fallback'>) {
  return late ? use(late) : now;
}
