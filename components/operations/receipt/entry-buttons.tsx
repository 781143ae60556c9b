'use client';

import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { shortName } from '#lib/text/short-name.ts';
import { addressOf } from './address-of.ts';
import { endingOf, type Ending } from './ending.ts';
import { FinishDialog } from './finish-dialog.tsx';

type Props = { entry: EntryView; variant?: 'primary' };

/** Endings after which it is seen first what *Finish* still sends. */
const SEEN_FIRST: ReadonlySet<Ending> = new Set(['halfway', 'unconfirmed', 'never-confirmed']);

/**
 * *Finish*, where an entry can continue: it shows first what is still to be done. *Try again* where no step is done, and how many are
 * retried where some failed.
 */
export function ResumeButton({ entry, resume, ...look }: Props & { resume: () => void }) {
  const t = useTranslations('operations');
  const [asking, ask] = useState(false);
  if (!entry.continuable) return null;
  const ending = endingOf(entry);
  const failed = entry.steps.filter(({ state }) => state === 'failed').length;
  const words =
    ending === 'some-failed'
      ? t('retry-failed', { count: failed })
      : ending === 'refused' || ending === 'not-sent'
        ? t('again')
        : t('continue');
  return (
    <>
      <Button {...look} onClick={() => (SEEN_FIRST.has(ending) ? ask(true) : resume())}>
        {words}
      </Button>
      <FinishDialog entry={entry} open={asking} close={() => ask(false)} finish={resume} />
    </>
  );
}

/** *Undo*, where an entry has one; of an entry that stopped halfway it says how many steps. */
export function UndoButton({ entry, undo }: { entry: EntryView; undo: () => void }) {
  const t = useTranslations('operations');
  if (entry.undo !== 'possible') return null;
  const done = entry.steps.filter(({ state }) => state === 'done').length;
  return <Button onClick={undo}>{entry.continuable ? t('undo-steps', { count: done }) : t('undo')}</Button>;
}

/** *Open*, where what was changed has a page, and this is not it. */
export function OpenButton({ entry: { opens } }: { entry: EntryView }) {
  const t = useTranslations('operations');
  const here = usePathname();
  if (!opens || !('id' in opens)) return null;
  const address = addressOf(opens.is, opens.id);
  if (!address || here === address) return null;
  return (
    <Link href={address} className={buttonClass({})}>
      {opens.name ? t('open', { name: shortName(opens.name) }) : t('see-subject')}
    </Link>
  );
}
