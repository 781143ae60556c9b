import type { ReactNode } from 'react';

/** A list of terms and what they are; on a phone the term stands above. */
export function Facts({ items }: { items: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[9rem_minmax(0,1fr)]">
      {items.map(([term, value], index) => (
        <div key={index} className="contents">
          <dt className="text-muted max-sm:-mb-2">{term}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
