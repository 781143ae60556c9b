'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Draft } from '#lib/keys/form/form-values.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { OtherScopes } from './other-scopes.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { ScopeMatrix } from './scope-matrix.tsx';

type Props = { draft: Draft; own: readonly string[] | null; change: (part: Partial<Draft>) => void };

/** What the key may do: by job, by resource, one by one; everything only behind a question. */
export function RightsSection({ draft, own, change }: Props) {
  const t = useTranslations('keyForm');
  const tUi = useTranslations('ui');
  const [before, setBefore] = useState<string[]>([]);
  const everything = draft.scopes.includes('*');
  const mayAll = own === null || allows(own, '*') === 'yes';
  const choose = (scopes: string[]) => change({ scopes });
  return (
    <div className="space-y-4">
      {everything ? null : (
        <>
          <PresetPicker own={own} choose={choose} />
          <ScopeMatrix scopes={draft.scopes} own={own} choose={choose} />
          <OtherScopes scopes={draft.scopes} own={own} choose={choose} />
        </>
      )}
      <label className="flex min-h-8 flex-wrap items-center gap-x-2">
        <input
          type="checkbox"
          checked={everything}
          disabled={!mayAll && !everything}
          onChange={() => {
            setBefore(everything ? before : draft.scopes);
            choose(everything ? before.filter((scope) => scope !== '*') : ['*']);
          }}
          className="size-4 accent-(--accent)"
        />
        <span>{t('everything')}</span>
        <span className="font-mono text-xs text-muted">*</span>
        {mayAll ? null : <span className="text-sm text-muted">{tUi('needs-scope', { scope: '*' })}</span>}
      </label>
      {everything ? (
        <Notice tone="danger" title={t('everything-sure')}>
          {t('everything-help')}
        </Notice>
      ) : null}
    </div>
  );
}
