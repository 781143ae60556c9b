'use client';

import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { inputClass } from '#components/form/field.tsx';
import { Segmented } from '#components/form/fields/segmented.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import { KINDS, type ValueProblem } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import type { EmojiPair, TypedFilter } from '#lib/routes/editor/typed-route.ts';
import { EmojiInput } from './emoji-input.tsx';
import { FilterInput } from './filter-input.tsx';
import { useCapital } from './use-capital.ts';
import { useValueWords } from './value-words.ts';

type Props = {
  id: string;
  field: Override;
  label: string;
  /** As it is typed (`typedValue`). */
  value: Json;
  set: (value: Json) => void;
  problem?: ValueProblem | undefined;
  disabled?: boolean | undefined;
};

/** The control of an override, by its kind, and what is wrong with what is typed. */
export function OverrideInput({ problem, ...props }: Props) {
  const t = useTranslations('route-values');
  const said = `${props.id}-problem`;
  return (
    <div>
      <Control {...props} problem={problem} describedBy={problem ? said : undefined} />
      {problem ? (
        <p id={said} role="alert" className="mt-1 text-sm text-danger">
          {anyKey(t)(`bad.${problem}`)}
        </p>
      ) : null}
    </div>
  );
}

function Control({
  id,
  field,
  label,
  value,
  set,
  problem,
  disabled,
  describedBy,
}: Props & { describedBy: string | undefined }) {
  const t = useTranslations('route-values');
  const words = useValueWords();
  const capital = useCapital();
  const kind = KINDS[field];
  const shared = {
    id,
    'aria-label': label,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': describedBy,
    disabled,
  } as const;
  const text = { ...shared, value: String(value ?? '') };
  switch (kind.is) {
    case 'flag':
      return (
        <Segmented
          name={id}
          label={label}
          disabled={disabled}
          value={value === true ? 'on' : 'off'}
          options={[
            { value: 'on', text: t('flag.on') },
            { value: 'off', text: t('flag.off') },
          ]}
          choose={(next) => set(next === 'on')}
        />
      );
    case 'choice':
      return (
        <select {...text} onChange={({ target }) => set(target.value)} className={`${inputClass} max-w-72`}>
          {[...new Set([...kind.of, text.value])].map((option) => (
            <option key={option} value={option}>
              {capital(words(field, option))}
            </option>
          ))}
        </select>
      );
    case 'number':
      return (
        <div className="flex items-center gap-2">
          <input
            {...text}
            inputMode="numeric"
            maxLength={12}
            onChange={({ target }) => set(target.value)}
            className={`${inputClass} max-w-32`}
          />
          <span className="text-muted">{kind.unit}</span>
        </div>
      );
    case 'text':
      return kind.long ? (
        <textarea
          {...text}
          rows={3}
          onChange={({ target }) => set(target.value)}
          className={`${inputClass} h-auto min-h-20 py-2`}
        />
      ) : (
        <input {...text} onChange={({ target }) => set(target.value)} className={inputClass} />
      );
    case 'filter':
      return <FilterInput {...{ id, set, disabled, describedBy }} value={value as TypedFilter} />;
    case 'emoji':
      return <EmojiInput {...{ id, label, set, disabled, describedBy }} pairs={value as EmojiPair[]} />;
  }
}
