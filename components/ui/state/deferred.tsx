import type { ReactNode } from 'react';
import { Settled } from './until-settled.tsx';

/** Nobody sees a skeleton that is there for less; ms. */
const SOON_MS = 200;

type Props<T> = { of: () => Promise<T>; fallback: ReactNode; children: (value: T) => ReactNode };

/**
 * The slow part of a page, after what decides about its status. What is ready soon stands in the first answer, whole (React
 * holds back a boundary of more than 12 kB even where it is ready); what is late has its skeleton's place, and comes in the
 * same answer. `of` is asked here and not by the page, so that a page that leads elsewhere leaves no answer unheard.
 */
export async function Soon<T>({ of, fallback, children }: Props<T>) {
  const read = of();
  const first = await inTime(read);
  if (first) return <Settled now={children(first.value)} />;
  const late = read.then(children);
  // A browser that leaves ends the render: nobody waits for `late` then, and what it throws must not end up unhandled.
  late.catch(() => {});
  return <Settled late={late} fallback={fallback} />;
}

/** What comes soon, or null. */
async function inTime<T>(read: Promise<T>): Promise<{ value: T } | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, SOON_MS, null);
  });
  try {
    return await Promise.race([read.then((value) => ({ value })), over]);
  } finally {
    clearTimeout(timer);
  }
}
