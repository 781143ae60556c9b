'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { Retry } from '#components/ui/state/retry.tsx';
import { notSeenValues, type NotSeen } from '#lib/omni/seen.ts';

type Props = { says: 'ids-instead' | 'reach-not-seen'; part: 'instances' | 'own-key'; seen: NotSeen };

/**
 * What the form could not see, why, and what helps: a request for the permission, or another try, which keeps what was typed. Needs
 * `seen` and `ui`.
 */
export function NotSeenHint({ says, part, seen }: Props) {
  const t = useTranslations('key-form');
  const tSeen = useTranslations('seen');
  const tUi = useTranslations('ui');
  const here = usePathname();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted">
      <p>{t(says, { why: tSeen('why', { ...notSeenValues(seen), what: tSeen(`parts.${part}`) }) })}</p>
      {seen.is === 'forbidden' ? <CopyRequest scope={seen.scope} /> : null}
      {seen.is === 'failed' ? <Retry href={here} label={tUi('retry')} busyLabel={tUi('retrying')} /> : null}
    </div>
  );
}
