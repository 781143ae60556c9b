'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { TextField } from './text-field.tsx';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useTypedPhone } from './use-typed-phone.ts';
import { useFormContext, useWatch } from 'react-hook-form';

type Props = { name: string; label: ReactNode; hint?: string; optional?: boolean };

/** A telephone number; below it stands what will be stored, while it is typed. The text is sent as typed: the server reads it. */
export function PhoneField({ name, label, hint, optional }: Props) {
  const { control } = useFormContext();
  const typed = String(useWatch({ control, name }) ?? '');
  return (
    <TextField
      name={name}
      label={label}
      hint={<PhoneHint typed={typed}>{hint}</PhoneHint>}
      optional={optional}
      type="tel"
      inputMode="tel"
      autoComplete="off"
      maxLength={50}
    />
  );
}

/** What of a typed phone will be stored, or why it can't be; said to screen readers, too, once typing rests. */
export function PhoneHint({ typed, children }: { typed: string; children?: ReactNode }) {
  const t = useTranslations('form');
  const { say } = useTexts();
  const read = useTypedPhone(typed);
  const refused = read !== null && 'refusal' in read;
  return (
    <span role="status" className={refused ? 'text-warn' : ''}>
      {!read || !typed.trim() ? children : refused ? say(read.refusal) : t('phone-stored', { text: read.text })}
    </span>
  );
}
