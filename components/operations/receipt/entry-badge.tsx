'use client';

import { Ban, CircleAlert, CircleHelp, CircleStop, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import type { Ending } from './ending.ts';
import { useEnding } from './use-ending.ts';

/** `null`: as it should end, which is a word and no badge. */
const LOOKS = {
  done: null,
  differs: { tone: 'warn', icon: TriangleAlert },
  exists: { tone: 'warn', icon: CircleHelp },
  halfway: { tone: 'warn', icon: CircleStop },
  'some-failed': { tone: 'danger', icon: CircleAlert },
  unconfirmed: { tone: 'warn', icon: CircleHelp },
  'never-confirmed': { tone: 'warn', icon: CircleHelp },
  refused: { tone: 'danger', icon: Ban },
  'not-sent': { tone: 'plain', icon: CircleStop },
  running: { tone: 'info', icon: LoaderCircle },
  checking: { tone: 'info', icon: LoaderCircle },
} as const satisfies Record<Ending, unknown>;

/** How an entry of the console ended, in a word. */
export function EntryBadge({ entry }: { entry: EntryView }) {
  const { ending, short } = useEnding()(entry);
  return <EndingBadge ending={ending}>{short}</EndingBadge>;
}

/** The word for an ending: in a badge unless it went as it should. */
export function EndingBadge({ ending, children }: { ending: Ending; children: string }) {
  const look = LOOKS[ending];
  if (look === null) return <span className="text-muted">{children}</span>;
  const { tone, icon: Icon } = look;
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {children}
    </Badge>
  );
}
