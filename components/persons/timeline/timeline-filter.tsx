'use client';

import { useTranslations } from 'use-intl/react';
import { FilterBar } from '#components/data-table/filter/filter-bar.tsx';
import { useAddress } from '#components/data-table/filter/use-address.ts';
import type { TimelineChoice } from '#lib/persons/timeline/timeline-filter.ts';

type Props = { channels: readonly { id: string; name: string }[]; shown: TimelineChoice };

/** By channel and by day. */
export function TimelineFilter({ channels, shown }: Props) {
  const t = useTranslations('timeline');
  const { change, busy } = useAddress();
  return (
    <div className="list">
      <FilterBar
        plain
        filters={[
          { id: 'channel', label: t('channel'), choices: channels },
          { id: 'since', label: t('since'), input: 'date' },
          { id: 'until', label: t('until'), input: 'date' },
        ]}
        values={shown}
        change={(patch) => change({ ...patch, at: undefined })}
        busy={busy}
      />
    </div>
  );
}
