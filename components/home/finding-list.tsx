'use client';

import { Fragment, useEffect, useState, type ReactNode } from 'react';

/** A finding, and where it stands: the lower, the more urgent. */
export type RankedFinding = { id: string; rank: number; shown: ReactNode };

type Props = {
  known: readonly RankedFinding[];
  /** Those of checks that still run; null where one finds nothing. */
  late: readonly Promise<RankedFinding | null>[];
};

/**
 * Findings, the most urgent first, also when a slow check finds it last. Once somebody points at the list, works in it or scrolls,
 * nothing in it moves any more: what comes then stands below.
 */
export function FindingList({ known, late }: Props) {
  const [came, setCame] = useState<{ of: Props['late']; all: RankedFinding[] }>({ of: late, all: [] });
  const [kept, keep] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let left = false;
    const add = async (one: Promise<RankedFinding | null>) => {
      const found = await one;
      if (found && !left) setCame(({ of, all }) => ({ of: late, all: of === late ? [...all, found] : [found] }));
    };
    for (const one of late) void add(one);
    return () => void (left = true);
  }, [late]);

  const place = ({ id, rank }: RankedFinding) => (kept?.includes(id) ? kept.indexOf(id) - kept.length : rank);
  const all = [...known, ...(came.of === late ? came.all : [])].toSorted((one, other) => place(one) - place(other));
  const shown = all.map(({ id }) => id).join();
  useEffect(() => {
    if (kept) return undefined;
    const still = () => keep(shown ? shown.split(',') : []);
    window.addEventListener('scroll', still, { passive: true, once: true });
    return () => window.removeEventListener('scroll', still);
  }, [kept, shown]);
  const still = () => kept ?? keep(shown ? shown.split(',') : []);
  return (
    <div className="space-y-4 empty:hidden" onPointerOver={still} onFocusCapture={still}>
      {all.map(({ id, shown: node }) => (
        <Fragment key={id}>{node}</Fragment>
      ))}
    </div>
  );
}
