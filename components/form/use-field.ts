'use client';

import { useId } from 'react';
import { get, useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
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
    : t.has(`errors.${code}` as never)
      ? t(`errors.${code}` as never)
      : tProblem.has(`${code}.title` as never)
        ? tProblem(`${code}.title` as never, PROBLEM_VALUES as never)
        : t('errors.invalid');
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  return {
    id,
    error,
    form,
    aria: { 'aria-invalid': error ? true : undefined, 'aria-describedby': describedBy },
  };
}
