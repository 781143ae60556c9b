'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { applySingleKeys } from './preferences.ts';
import { useSingleKeys } from './use-preferences.ts';

/** Turns single-key shortcuts on and off, since they interfere with voice control and unsteady hands. */
export function SingleKeysChoice() {
  const t = useTranslations('shell');
  const hint = useId();
  const on = useSingleKeys();
  return (
    <div>
      <label className="flex min-h-8 cursor-pointer items-center gap-2">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          onChange={(event) => applySingleKeys(event.target.checked)}
          aria-describedby={hint}
          className="size-4 shrink-0 accent-(--accent)"
        />
        <span className="font-medium">{t('single-keys')}</span>
      </label>
      <p id={hint} className="text-sm text-muted">
        {t('single-keys-hint')}
      </p>
    </div>
  );
}
