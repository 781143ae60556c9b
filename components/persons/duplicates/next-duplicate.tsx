'use client';

import type { Route } from 'next';
import { useTranslations } from 'use-intl/react';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import type { QueuedPair } from '#lib/persons/duplicates/queue.ts';
import { shortName } from '#lib/text/short-name.ts';
import { afterMerge, queueAddress, queuedName } from './queue-walk.ts';

/** *Next duplicate* after a merge that was opened from the queue, and who that is; nothing after any other merge. */
export function NextDuplicate({ survivor, duplicate }: { survivor: string; duplicate: string }) {
  const text = useNextText();
  const after = afterMerge(useActor(), survivor, duplicate);
  if (!after) return null;
  return (
    <Link href={queueAddress(after.next) as Route} className={buttonClass({})}>
      {text(after.next)}
    </Link>
  );
}

/** What leads to the next pair says who that is. */
export function useNextText(): (next: QueuedPair | null) => string {
  const t = useTranslations('duplicates-next');
  return (next) => (next ? t('next', { name: shortName(queuedName(next.one, t('no-name'))) }) : t('back'));
}
