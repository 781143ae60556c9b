'use client';

import { useId } from 'react';
import { get, useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { PROBLEM_VALUES } from '#components/ui/state/problem-notice.tsx';

/** What a field of the form around it shows and says of itself: its id, its error in words, and what describes it. */
export function useField(name: string, { hint }: { hint?: unknown } = {}) {
  const id = useId();
  const t = useTranslations('form');
  const tProblem = useTranslations('problems');
  const form = useFormContext();
  const found = get(form.formState.errors, name) as { message?: string } | undefined;
  const code = found?.message ?? '';
  const error = !found
    ? undefined
    : (anyKey(t)(`errors.${code}`) ?? anyKey(tProblem)(`${code}.title`, PROBLEM_VALUES) ?? t('errors.invalid'));
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  return {
    id,
    error,
    form,
    aria: { 'aria-invalid': error ? true : undefined, 'aria-describedby': describedBy },
  };
}
