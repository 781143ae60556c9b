'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { inputClass } from '#components/form/field.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import { KINDS } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import { OverrideInput } from './override-input.tsx';
import { Segmented } from '#components/form/fields/segmented.tsx';
import { firstValue } from './use-route-draft.ts';
import { useValueWords } from './value-words.ts';

type Props = {
  field: Override;
  value: Json;
  saved: Json;
  inherited: Json;
  set: (value: Json) => void;
  changed: boolean;
  problem?: string;
  disabled?: boolean;
};

/** One setting: inherited (what that is now, and from where) or a value of the route's own. */
export function OverrideRow({ field, value, saved, inherited, set, changed, problem, disabled }: Props) {
  const t = useTranslations('route');
  const tFields = useTranslations('route-fields');
  const words = useValueWords();
  const [turn, setTurn] = useState(0);
  const kind = KINDS[field];
  const id = `own-${field}`;
  const label = tFields(field);
  const now = inherited === null ? t('inherit-unknown') : t('inherit', { value: words(field, inherited) });
  return (
    <div className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{label}</span>
          {value === null ? <Badge>{t('inherits')}</Badge> : <Badge tone="accent">{t('own')}</Badge>}
          {changed ? <Badge tone="info">{t('changed')}</Badge> : null}
        </div>
        <p className="text-sm text-muted">{t(`helps.${field}`)}</p>
      </div>
      <div className="flex min-w-0 items-start gap-2">
        <div className="min-w-0 grow space-y-2">
          {kind.is === 'flag' ? (
            <Segmented
              name={id}
              label={label}
              disabled={disabled}
              value={value === null ? 'inherit' : value === true ? 'on' : 'off'}
              options={[
                { value: 'inherit', text: now },
                { value: 'on', text: t('on') },
                { value: 'off', text: t('off') },
              ]}
              choose={(next) => set(next === 'inherit' ? null : next === 'on')}
            />
          ) : kind.is === 'choice' ? (
            <Choices {...{ id, field, label, now, value, set, disabled }} of={kind.of} />
          ) : (
            <>
              <Segmented
                name={`${id}-which`}
                label={label}
                disabled={disabled}
                value={value === null ? 'inherit' : 'own'}
                options={[
                  { value: 'inherit', text: <span className="line-clamp-2 break-words">{now}</span> },
                  { value: 'own', text: t('own-value') },
                ]}
                choose={(next) => set(next === 'inherit' ? null : (saved ?? firstValue(field, inherited)))}
              />
              {value === null ? null : (
                <OverrideInput key={turn} {...{ id, field, label, value, set, problem, disabled }} />
              )}
            </>
          )}
        </div>
        {changed && !disabled ? (
          <button
            type="button"
            aria-label={t('revert', { what: label })}
            title={t('revert', { what: label })}
            onClick={() => {
              set(saved);
              setTurn(turn + 1);
            }}
            className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text"
          >
            <RotateCcw aria-hidden className="size-4" />
          </button>
        ) : null}
      </div>
    </div>
  );
}

type ChoicesProps = {
  id: string;
  field: Override;
  label: string;
  now: string;
  value: Json;
  of: readonly string[];
  set: (value: Json) => void;
  disabled?: boolean;
};

function Choices({ id, field, label, now, value, of, set, disabled }: ChoicesProps) {
  const words = useValueWords();
  const strange = typeof value === 'string' && !of.includes(value) ? [value] : [];
  return (
    <select
      id={id}
      aria-label={label}
      disabled={disabled}
      value={value === null ? '' : String(value)}
      onChange={({ target }) => set(target.value === '' ? null : target.value)}
      className={`${inputClass} max-w-96`}
    >
      <option value="">{now}</option>
      {[...of, ...strange].map((option) => (
        <option key={option} value={option}>
          {words(field, option)}
        </option>
      ))}
    </select>
  );
}
