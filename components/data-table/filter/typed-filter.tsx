'use client';

import { useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { AddressForm } from './address-form.tsx';
import type { ListFilter } from './filters.ts';

type Props = {
  filter: Extract<ListFilter, { input: string }>;
  value: string;
  set: (value: string | undefined) => void;
};

/** The value of a filter that is typed: a text, a number, a day or a moment. */
export function TypedFilter({ filter, value, set }: Props) {
  const t = useTranslations('list-tools');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <AddressForm className="grid gap-3 p-2" change={() => set(field.current?.value.trim() || undefined)}>
      <Field id={id} label={filter.label} hint={filter.hint}>
        <input
          ref={field}
          id={id}
          type={filter.input}
          defaultValue={value}
          maxLength={200}
          placeholder={filter.placeholder}
          pattern={filter.pattern}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={filter.hint ? `${id}-hint` : undefined}
          className={inputClass}
        />
      </Field>
      <Button type="submit" className="justify-self-end">
        {t('apply')}
      </Button>
    </AddressForm>
  );
}
