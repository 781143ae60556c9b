'use client';

import { Controller } from 'react-hook-form';
import { MomentInput } from './moment-input.tsx';
import { useField } from '#components/form/use-field.ts';

type Props = { name: string; label: string; hint?: string; min?: string; max?: string };

/** A date and time of the form around it: its value is ISO, or `''` while what is typed is none. */
export function MomentField({ name, ...rest }: Props) {
  const { id, error, form } = useField(name);
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <MomentInput id={id} error={error} value={field.value as string | null} change={field.onChange} {...rest} />
      )}
    />
  );
}
