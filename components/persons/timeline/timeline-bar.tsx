'use client';

import { later } from '#components/ui/state/later.tsx';

/** The filter of the timeline, which comes alive after the record, which is read first. */
export const TimelineBar = later(
  () => import('./timeline-filter.tsx').then((part) => part.TimelineFilter),
  <div className="skeleton h-8" />,
);
