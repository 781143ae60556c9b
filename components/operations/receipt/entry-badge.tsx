'use client';

import { CircleAlert, CircleCheck, CircleHelp, CircleStop, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import type { Ending } from './ending.ts';
import { useEnding } from './use-ending.ts';

const LOOKS = {
  done: { tone: 'good', icon: CircleCheck },
  differs: { tone: 'warn', icon: TriangleAlert },
  exists: { tone: 'warn', icon: CircleHelp },
  halfway: { tone: 'warn', icon: CircleStop },
  'some-failed': { tone: 'danger', icon: CircleAlert },
  unconfirmed: { tone: 'warn', icon: CircleHelp },
  'never-confirmed': { tone: 'warn', icon: CircleHelp },
  refused: { tone: 'danger', icon: CircleAlert },
  'not-sent': { tone: 'plain', icon: CircleStop },
  running: { tone: 'info', icon: LoaderCircle },
  checking: { tone: 'info', icon: LoaderCircle },
} as const satisfies Record<Ending, unknown>;

/** How an entry ended, as an icon and a few words. */
export function EntryBadge({ entry }: { entry: EntryView }) {
  const { ending, short } = useEnding()(entry);
  const { tone, icon: Icon } = LOOKS[ending];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {short}
    </Badge>
  );
}
