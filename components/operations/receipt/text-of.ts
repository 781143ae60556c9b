'use client';

import { useFormatter, useMessages, useTranslations } from 'use-intl/react';
import { PROBLEM_VALUES } from '#components/ui/state/problem-notice.tsx';
import { anyKey } from '#lib/i18n/any-key.ts';
import type { Problem } from '#lib/operations/journal/entry.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import type { Value } from '#lib/operations/effects/value.ts';
import { sayer } from './say.ts';
import { valueShower } from './show-value.ts';

/** Shows a value of a plan as its sentences do. */
export function useShowValue(): (value: Value) => string {
  const shown = valueShower(anyKey(useTranslations()), useFormatter());
  return (value) => String(shown({ value }).value ?? '');
}

/**
 * Puts the sentences of plans and problems into the reader's language. A key nobody translated is shown as it is. `saidAfter` is a
 * plan's title as the result of its run ("Route Vendas activated").
 */
export function useTexts() {
  const t = useTranslations('operations');
  const problem = anyKey(useTranslations('problems'));
  const { say, after } = sayer({ t: useTranslations(), messages: useMessages(), format: useFormatter() });
  const partOf = (part: 'title' | 'help', { code, values }: Problem) =>
    problem(`${code}.${part}`, { ...PROBLEM_VALUES, ...values }) ??
    problem(`unexpected.${part}`, { ...PROBLEM_VALUES, ...values }) ??
    code;
  return {
    say,
    saidAfter: (text: Text) => after(text) ?? t('done-toast', { what: say(text) }),
    title: (one: Problem) => partOf('title', one),
    help: (one: Problem) => (one.why ? say(one.why) : partOf('help', one)),
  };
}
