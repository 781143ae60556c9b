'use client';

import { useOptimistic, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { useSmallChange } from '#components/operations/use-small-change.ts';

type Props = { instanceId: string; id: string; label: string; active: boolean; locked?: string };

/** Switches a route on or off where it is listed; shown at once, put back if Omni refuses, undone from the toast. */
export function RouteSwitch({ instanceId, id, label, active, locked }: Props) {
  const t = useTranslations('routing');
  const [shown, show] = useOptimistic(active);
  const [pending, start] = useTransition();
  const { change } = useSmallChange();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={shown}
      aria-label={t('switch', { label })}
      aria-disabled={Boolean(locked) || pending}
      title={locked}
      onClick={() => {
        if (locked || pending) return;
        start(async () => {
          show(!active);
          await change('routes.activate', { instanceId, id, active: !active });
        });
      }}
      className="relative h-6 w-10 shrink-0 rounded-full border border-edge bg-inset transition-colors duration-100 aria-checked:border-accent aria-checked:bg-accent aria-disabled:opacity-55"
    >
      <span
        aria-hidden
        className={`absolute top-0.5 left-0.5 size-4.5 rounded-full bg-surface shadow transition-transform duration-100 ${shown ? 'translate-x-4' : ''}`}
      />
    </button>
  );
}
