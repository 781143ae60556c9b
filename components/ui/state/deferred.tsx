import type { ReactNode } from 'react';
import { UntilSettled } from './until-settled.tsx';

/** How long the page waits for the data before it sends a skeleton; ms. */
const WAIT_MS = 200;

type Props<T> = { of: () => Promise<T>; fallback: ReactNode; children: (value: T) => ReactNode };

/**
 * The slow part of a page. Data that is ready within `WAIT_MS` is rendered into the first part of the answer, without a boundary
 * (React holds back a boundary of more than 12 kB even where it is ready); late data replaces its skeleton in the same answer. `of`
 * is called here and not by the page, so that a redirecting page leaves no promise unhandled.
 */
export async function Deferred<T>({ of, fallback, children }: Props<T>) {
  const read = of();
  const first = await inTime(read);
  if (first) return <UntilSettled now={children(first.value)} />;
  const late = read.then(children);
  // A browser that leaves ends the render: nobody waits for `late` then, and what it throws must not end up unhandled.
  late.catch(() => {});
  return <UntilSettled late={late} fallback={fallback} />;
}

/** The value if it is ready in time, else null. */
async function inTime<T>(read: Promise<T>): Promise<{ value: T } | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, null);
  });
  try {
    return await Promise.race([read.then((value) => ({ value })), over]);
  } finally {
    clearTimeout(timer);
  }
}
