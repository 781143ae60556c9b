'use client';

import { Suspense, use, useState, type ReactNode } from 'react';

type Props = { now?: ReactNode; late?: Promise<ReactNode>; fallback?: ReactNode };

/**
 * What `Soon` found. A boundary stands here only where the first answer was late: what came with the page stays as it is
 * while it is asked for anew, with all that was typed and chosen in it.
 */
export function Settled({ now, late, fallback }: Props) {
  const [plain] = useState(late === undefined);
  const content = <Content now={now} late={late} />;
  return plain ? content : <Suspense fallback={fallback}>{content}</Suspense>;
}

function Content({ now, late }: Omit<Props, 'fallback'>) {
  return late ? use(late) : now;
}
