'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { Locked } from '#components/ui/state/locked.ts';

type Props = { instanceId: string; id: string; label: string; active: boolean; locked?: Locked | undefined };

/** Switches a route on or off where it is listed; shown at once, put back if Omni refuses, undone from the toast. */
export function RouteSwitch({ instanceId, id, label, active, locked }: Props) {
  const t = useTranslations('routing');
  const toast = useToast();
  const [wanted, want] = useState<boolean | null>(null);
  // An undo may end before the page was read again after the change: what was wanted then is over, too.
  const { state, trouble, change, reset } = useSmallChange(undefined, undefined, () => want(null));
  const why = trouble && [trouble.title, trouble.help].filter(Boolean).join('. ');
  const ended = state.at === 'ended';
  const failed = Boolean(why) || (ended && state.entry.status !== 'done');
  if (wanted !== null && wanted === active && ended) want(null);
  useEffect(() => {
    if (!failed) return;
    if (why) toast({ text: `${t('switch-failed', { label })} ${why}`, persistent: true });
    want(null);
    reset();
  }, [failed, why, toast, t, label, reset]);
  const shown = wanted ?? active;
  const pending = wanted !== null && !ended;
  return (
    <GuardedButton
      bare
      role="switch"
      aria-checked={shown}
      aria-label={t('switch', { label })}
      aria-disabled={pending}
      reason={locked}
      onClick={() => {
        if (pending) return;
        reset();
        want(!shown);
        void change('routes.activate', { instanceId, id, active: !shown });
      }}
      className="switch"
    >
      <span aria-hidden />
    </GuardedButton>
  );
}
