'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { MissingScopeNote } from '#components/ui/locked/missing-scope-note.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { KeyFormValues } from '#lib/keys/form/form-values.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { OtherScopes } from './other-scopes.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { ScopeMatrix } from './scope-matrix.tsx';

type Props = {
  /** It had full access before this change. */
  hadAll: boolean;
  values: KeyFormValues;
  own: readonly string[] | null;
  change: (part: Partial<KeyFormValues>) => void;
};

/** The key's permissions: by preset, by resource, one by one; full access only behind a question. */
export function PermissionsSection({ hadAll, values, own, change }: Props) {
  const t = useTranslations('key-form');
  const [before, setBefore] = useState<string[]>([]);
  const everything = values.scopes.includes('*');
  const canGrantAll = own === null || allows(own, '*') === 'yes';
  const reach = t(values.instances === 'all' ? 'everything-help' : 'everything-limited');
  const choose = (scopes: string[]) => change({ scopes });
  return (
    <div className="space-y-4">
      {everything ? null : (
        <>
          <PresetPicker scopes={values.scopes} own={own} choose={choose} />
          <ScopeMatrix scopes={values.scopes} own={own} choose={choose} />
          <OtherScopes scopes={values.scopes} own={own} choose={choose} />
        </>
      )}
      <div className="flex min-h-8 flex-wrap items-center gap-x-2">
        <label className="flex min-h-8 items-center gap-x-2">
          <input
            type="checkbox"
            checked={everything}
            disabled={!canGrantAll && !everything}
            onChange={() => {
              setBefore(everything ? before : values.scopes);
              choose(everything ? before.filter((scope) => scope !== '*') : ['*']);
            }}
            className="size-4 accent-(--accent)"
          />
          <span>{t('everything')} (*)</span>
        </label>
        {canGrantAll ? null : <MissingScopeNote scope="*" />}
      </div>
      {everything && hadAll ? <p className="text-sm text-muted">{reach}</p> : null}
      {everything && !hadAll ? (
        <Notice tone="danger" title={t('everything-sure')}>
          {reach} {t('everything-typed')}
        </Notice>
      ) : null}
    </div>
  );
}
