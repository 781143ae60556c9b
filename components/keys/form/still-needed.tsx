'use client';

import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import type { KeyFormField } from '#lib/keys/form/form-values.ts';

type Props = { problems: Partial<Record<KeyFormField, string>>; editing: boolean; unchanged: boolean };

/** What stands between the form and its review: each a button that leads to the section it is about. */
export function StillNeeded({ problems, editing, unchanged }: Props) {
  const t = useTranslations('key-form');
  const all = Object.entries(problems);
  if (all.length === 0) return editing && unchanged ? <p className="text-muted">{t('unchanged')}</p> : null;
  return (
    <>
      <h3 className="mb-1 text-sm font-medium">{t(editing ? 'before-save' : 'before-create')}</h3>
      <ul className="list-inside list-disc" aria-live="polite">
        {all.map(([field, problem]) => (
          <li key={field}>
            <button
              type="button"
              className="min-h-target text-left underline underline-offset-2"
              onClick={() => document.getElementById(`section-${field}`)?.focus()}
            >
              {anyKey(t)(problem)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
