'use client';

import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { inputClass } from '#components/form/field.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import { KINDS } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import { EmojiInput } from './emoji-input.tsx';
import { FilterInput } from './filter-input.tsx';

type Props = {
  id: string;
  field: Override;
  label: string;
  value: Json;
  set: (value: Json) => void;
  problem?: string;
  disabled?: boolean;
};

/** The control for a setting's own value, by its kind. Flags and choices have theirs in the row itself. */
export function OverrideInput({ id, field, label, value, set, problem, disabled }: Props) {
  const t = useTranslations('route-values');
  const kind = KINDS[field];
  const shared = {
    id,
    'aria-label': label,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
    disabled,
  } as const;
  const said = problem ? (
    <p id={`${id}-problem`} role="alert" className="mt-1 text-sm text-danger">
      {anyKey(t)(`bad.${problem}`)}
    </p>
  ) : null;
  switch (kind.is) {
    case 'number':
      return (
        <div>
          <div className="flex items-center gap-2">
            <input
              {...shared}
              inputMode="numeric"
              value={String(value ?? '')}
              maxLength={12}
              onChange={({ target }) => set(/^-?\d+$/.test(target.value.trim()) ? Number(target.value) : target.value)}
              className={`${inputClass} max-w-40`}
            />
            <span className="text-muted">{kind.unit}</span>
          </div>
          {said}
        </div>
      );
    case 'text':
      return (
        <div>
          {kind.long ? (
            <textarea
              {...shared}
              rows={3}
              value={String(value ?? '')}
              onChange={({ target }) => set(target.value)}
              className={`${inputClass} h-auto min-h-20 py-2`}
            />
          ) : (
            <input
              {...shared}
              value={String(value ?? '')}
              onChange={({ target }) => set(target.value)}
              className={inputClass}
            />
          )}
          {said}
        </div>
      );
    case 'filter':
      return <FilterInput id={id} value={value} set={set} disabled={disabled} />;
    case 'emoji':
      return <EmojiInput id={id} value={value} set={set} disabled={disabled} />;
    default:
      return null;
  }
}
