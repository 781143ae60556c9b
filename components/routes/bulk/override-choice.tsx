'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field } from '#components/form/field.tsx';
import { Segmented } from '#components/form/fields/segmented.tsx';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchIn } from '#components/form/picker/searches.ts';
import { OverrideInput } from '#components/routes/editor/override-input.tsx';
import { useCapital } from '#components/routes/editor/use-capital.ts';
import { useValueWords } from '#components/routes/editor/value-words.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { KINDS } from '#lib/routes/editor/override-kinds.ts';
import { OVERRIDES, type Override } from '#lib/routes/editor/overrides.ts';
import { firstTyped, readTyped } from '#lib/routes/editor/typed-route.ts';

/** One override and its value, or that it is inherited again. `set` gets null while there is nothing to send. */
export function OverrideChoice({ set }: { set: (patch: { [field: string]: Json } | null) => void }) {
  const t = useTranslations('routes-list');
  const tFields = useTranslations('route-fields');
  const words = useValueWords();
  const capital = useCapital();
  const [field, choose] = useState<Override | null>(null);
  const [value, setValue] = useState<Json>(null);
  const options = OVERRIDES.map((id) => ({ id, name: tFields(id) }));
  const put = (name: Override | null, next: Json) => {
    setValue(next);
    const read = name && readTyped(name, next);
    set(name && read && 'value' in read ? { [name]: read.value } : null);
  };
  const kind = field && KINDS[field];
  const label = field ? tFields(field) : '';
  const read = field && value !== '' ? readTyped(field, value) : null;
  const problem = read && 'problem' in read && read.problem !== 'no-emoji' ? read.problem : null;
  const choices = kind?.is === 'choice' ? kind.of : kind?.is === 'flag' ? [true, false] : [];
  return (
    <div className="grid gap-3">
      <Field id="bulk-override" label={t('override-field')}>
        <Picker
          id="bulk-override"
          label={t('override-field')}
          placeholder={t('pick-override')}
          chosen={options.find(({ id }) => id === field) ?? null}
          search={searchIn(options)}
          pick={(option) => {
            const next = OVERRIDES.find((name) => name === option?.id) ?? null;
            choose(next);
            put(next, next && firstTyped(next, null));
          }}
        />
      </Field>
      {field && kind ? (
        <>
          <Segmented
            name="bulk-value"
            label={label}
            value={value === null ? 'inherit' : choices.length > 0 ? JSON.stringify(value) : 'own'}
            options={[
              ...(choices.length > 0
                ? choices.map((each) => ({ value: JSON.stringify(each), text: capital(words(field, each)) }))
                : [{ value: 'own', text: t('override-field') }]),
              { value: 'inherit', text: t('inherit-value') },
            ]}
            choose={(next) =>
              put(
                field,
                next === 'inherit' ? null : next === 'own' ? firstTyped(field, null) : (JSON.parse(next) as Json),
              )
            }
          />
          {value !== null && choices.length === 0 ? (
            <OverrideInput
              key={field}
              id="bulk-value-input"
              field={field}
              label={label}
              value={value}
              set={(next) => put(field, next)}
              {...(problem ? { problem } : {})}
            />
          ) : null}
        </>
      ) : null}
    </div>
  );
}
