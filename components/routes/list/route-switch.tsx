'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';
import { nextKnown, type KnownActive } from '#lib/routes/list/known-active.ts';

type Props = {
  instanceId: string;
  id: string;
  label: string;
  active: boolean;
  /** When the route was changed last, as far as the page knows. */
  updatedAt: string;
  locked?: Locked | undefined;
};

/**
 * Switches a route on or off where it is listed; shown at once, put back if Omni refuses, undone from the toast. What the switch
 * made of the route is shown until the page has it as well, which may take long: its instance may be late.
 */
export function RouteSwitch({ instanceId, id, label, active, updatedAt, locked }: Props) {
  const t = useTranslations('routing');
  const toast = useToast();
  const [known, know] = useState<KnownActive | null>(null);
  const made = useRef(active);
  const page = useRef(updatedAt);
  useEffect(() => {
    page.current = updatedAt;
  });
  const undone = () => know({ active: !made.current, since: page.current, undone: true });
  const { state, trouble, change, reset } = useSmallChange(undefined, undefined, undone);
  const why = trouble && [trouble.title, trouble.help].filter(Boolean).join('. ');
  const ended = state.at === 'ended';
  const failed = Boolean(why) || (ended && state.entry.status !== 'done');
  const next = known && ended ? nextKnown(known, { active, updatedAt }) : known;
  if (next !== known) know(next);
  useEffect(() => {
    if (!failed) return;
    if (why) toast({ text: `${t('switch-failed', { label })} ${why}`, persistent: true });
    know(null);
    reset();
  }, [failed, why, toast, t, label, reset]);
  const shown = known?.active ?? active;
  const pending = known !== null && !ended;
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
        made.current = !shown;
        know({ active: !shown, since: updatedAt, undone: false });
        void change('routes.activate', { instanceId, id, active: !shown });
      }}
      className="switch"
    >
      <span aria-hidden />
    </GuardedButton>
  );
}
