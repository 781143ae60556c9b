'use client';

import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import { Segmented } from '#components/form/fields/segmented.tsx';
import { CONDITIONS } from '#lib/routes/editor/override-kinds.ts';
import type { TypedFilter } from '#lib/routes/editor/typed-route.ts';
import { useCapital } from './use-capital.ts';

type Props = {
  id: string;
  value: TypedFilter;
  set: (value: TypedFilter) => void;
  describedBy?: string | undefined;
  disabled?: boolean | undefined;
};

/** Who gets an answer: everybody, or what one of four conditions lets through; a name pattern a line. */
export function FilterInput({ id, value: { mode, conditions }, set, describedBy, disabled }: Props) {
  const t = useTranslations('route-values');
  const capital = useCapital();
  const patterns = conditions.namePatterns ?? [];
  return (
    <div className="space-y-2">
      <Segmented
        name={`${id}-mode`}
        label={t('filter-mode')}
        value={mode}
        disabled={disabled}
        options={[
          { value: 'all', text: capital(t('all')) },
          { value: 'filtered', text: capital(t('filtered')) },
        ]}
        choose={(next) => set({ mode: next, conditions })}
      />
      {mode === 'all' ? null : (
        <fieldset disabled={disabled} aria-describedby={describedBy}>
          <legend className="mb-1 text-sm text-muted">{t('conditions-any')}</legend>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,14rem),1fr))] gap-x-4">
            {CONDITIONS.map((name) => (
              <label key={name} className="flex min-h-8 items-center gap-2">
                <input
                  type="checkbox"
                  checked={conditions[name]}
                  onChange={({ target }) => set({ mode, conditions: { ...conditions, [name]: target.checked } })}
                  className="size-4 accent-(--accent)"
                />
                {capital(t(`conditions.${name}`))}
              </label>
            ))}
          </div>
          {conditions.onNameMatch || patterns.length > 0 ? (
            <>
              <label htmlFor={`${id}-patterns`} className="mt-2 mb-1 block text-sm text-muted">
                {t('patterns')}
              </label>
              <textarea
                id={`${id}-patterns`}
                rows={2}
                value={patterns.join('\n')}
                onChange={({ target }) =>
                  set({ mode, conditions: { ...conditions, namePatterns: target.value.split('\n') } })
                }
                className={`${inputClass} h-auto py-2 font-mono text-sm`}
              />
            </>
          ) : null}
        </fieldset>
      )}
    </div>
  );
}
