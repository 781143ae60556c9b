'use client';

import { CircleAlert, CircleCheck, CircleHelp, CircleStop, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import type { Status } from '#lib/operations/journal/entry.ts';

const LOOKS = {
  done: { tone: 'good', icon: CircleCheck },
  differs: { tone: 'warn', icon: TriangleAlert },
  failed: { tone: 'danger', icon: CircleAlert },
  stopped: { tone: 'plain', icon: CircleStop },
  interrupted: { tone: 'warn', icon: CircleHelp },
  stale: { tone: 'plain', icon: CircleStop },
  running: { tone: 'info', icon: LoaderCircle },
  checking: { tone: 'info', icon: LoaderCircle },
} as const satisfies Record<Status, unknown>;

/** How an entry ended, as an icon and a word. */
export function EntryBadge({ status }: { status: Status }) {
  const t = useTranslations('operations');
  const { tone, icon: Icon } = LOOKS[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`short-statuses.${status}`)}
    </Badge>
  );
}
