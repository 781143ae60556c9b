'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import { Segmented } from '#components/form/fields/segmented.tsx';

const CONDITIONS = ['onDm', 'onMention', 'onReply', 'onNameMatch'] as const;

type Props = { id: string; value: Json; set: (value: Json) => void; disabled?: boolean };
type Conditions = Record<(typeof CONDITIONS)[number], boolean> & { namePatterns?: string[] };

/** Who gets an answer: everybody, or what one of four conditions lets through; a name pattern a line. */
export function FilterInput({ id, value, set, disabled }: Props) {
  const t = useTranslations('route-values');
  const filter = value as { mode: 'all' | 'filtered'; conditions: Conditions };
  const { mode, conditions } = filter;
  const [patterns, setPatterns] = useState((conditions.namePatterns ?? []).join('\n'));

  function named(text: string) {
    setPatterns(text);
    const list = text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const { namePatterns: _, ...rest } = conditions;
    set({ mode, conditions: list.length > 0 ? { ...rest, namePatterns: list } : rest });
  }

  return (
    <div className="space-y-3 rounded border p-3">
      <Segmented
        name={`${id}-mode`}
        label={t('filter-mode')}
        value={mode}
        disabled={disabled}
        options={[
          { value: 'all', text: t('all') },
          { value: 'filtered', text: t('filtered') },
        ]}
        choose={(next) => set({ mode: next, conditions })}
      />
      <fieldset disabled={disabled} className={mode === 'all' ? 'opacity-70' : ''}>
        <legend className="mb-1 text-sm text-muted">
          {t(mode === 'all' ? 'conditions-unused' : 'conditions-any')}
        </legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {CONDITIONS.map((name) => (
            <label key={name} className="flex min-h-8 items-center gap-2">
              <input
                type="checkbox"
                checked={conditions[name]}
                onChange={({ target }) => set({ mode, conditions: { ...conditions, [name]: target.checked } })}
                className="size-4 accent-(--accent)"
              />
              {t(`conditions.${name}`)}
            </label>
          ))}
        </div>
        <label htmlFor={`${id}-patterns`} className="mt-2 mb-1 block text-sm text-muted">
          {t('patterns')}
        </label>
        <textarea
          id={`${id}-patterns`}
          rows={2}
          value={patterns}
          onChange={({ target }) => named(target.value)}
          className={`${inputClass} h-auto py-2 font-mono text-sm`}
        />
      </fieldset>
    </div>
  );
}
