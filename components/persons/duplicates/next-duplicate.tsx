'use client';

import type { Route } from 'next';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl/react';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import type { QueuedPair } from '#lib/persons/duplicates/queue.ts';
import { shortName } from '#lib/text/short-name.ts';
import { afterMerge, keptAfterMerge, queueAddress, queuedName } from './queue-walk.ts';

/**
 * *Next duplicate* after a merge that was opened from the queue, and who that is; nothing after any other merge. Once the page was
 * loaded again, the tab knows which pair it is, and no name.
 */
export function NextDuplicate({ survivor, duplicate }: { survivor: string; duplicate: string }) {
  const t = useTranslations('duplicates-next');
  const text = useNextText();
  const actor = useActor();
  const after = afterMerge(actor, survivor, duplicate);
  const kept = useSyncExternalStore(
    never,
    () => keptAfterMerge(actor, survivor, duplicate),
    () => null,
  );
  if (!after && kept === null) return null;
  return (
    <Link href={queueAddress(after ? after.next?.id : (kept ?? undefined)) as Route} className={buttonClass({})}>
      {after ? text(after.next) : kept ? t('next-pair') : t('back')}
    </Link>
  );
}

/** Nothing else in the tab changes what was kept. */
const never = () => () => undefined;

/** What leads to the next pair says who that is. */
export function useNextText(): (next: QueuedPair | null) => string {
  const t = useTranslations('duplicates-next');
  return (next) => (next ? t('next', { name: shortName(queuedName(next.one, t('no-name'))) }) : t('back'));
}
