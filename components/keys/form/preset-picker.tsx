'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { PRESETS } from '#lib/keys/form/presets.ts';
import { fitScopes } from '#lib/scopes/table.ts';

type Props = {
  scopes: readonly string[];
  own: readonly string[] | null;
  choose: (scopes: string[]) => void;
};

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((scope) => other.includes(scope));

/** Permissions by job, each with its scopes; those the session's own key lacks are left out, and named. */
export function PresetPicker({ scopes: chosen, own, choose }: Props) {
  const t = useTranslations('key-form');
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {PRESETS.map(({ id, scopes }) => {
        const { granted, missing } = fitScopes(scopes, own);
        const selected = granted.length > 0 && same(granted, chosen);
        return (
          <li key={id} className={`rounded border p-3 ${selected ? 'border-accent bg-accent-soft' : ''}`}>
            <div className="flex items-start justify-between gap-2">
              <div className="min-w-0">
                <h3>{t(`presets.${id}.name`)}</h3>
                <p className="text-sm text-muted">{t(`presets.${id}.for`)}</p>
              </div>
              <Button
                size="sm"
                disabled={granted.length === 0}
                aria-pressed={selected}
                aria-label={t('use-preset', { name: t(`presets.${id}.name`) })}
                onClick={() => choose(granted)}
              >
                {selected ? <Check aria-hidden className="size-3.5" /> : null}
                {t(selected ? 'in-use' : 'use')}
              </Button>
            </div>
            <details className="mt-1 text-sm">
              <summary className="min-h-target text-muted">{t('preset-scopes', { count: granted.length })}</summary>
              <p className="mt-1 font-mono text-xs leading-5">{granted.join(' · ')}</p>
            </details>
            {missing.length > 0 ? (
              <p className="mt-1 text-xs text-warn">{t('preset-without', { scopes: missing.join(', ') })}</p>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
