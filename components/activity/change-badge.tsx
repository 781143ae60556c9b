'use client';

import { useTranslations } from 'use-intl/react';
import { EndingBadge } from '#components/operations/receipt/entry-badge.tsx';

/** How a change of Omni's own record ended, in the form of the console's entries; `refused`: the status it was refused with. */
export function ChangeBadge({ refused }: { refused: number | null }) {
  const t = useTranslations('omni-record');
  if (refused === null) return <EndingBadge ending="done">{t('done')}</EndingBadge>;
  return <EndingBadge ending="refused">{t('refused', { status: refused })}</EndingBadge>;
}
