'use client';

import { useLocale } from 'use-intl/react';

/**
 * Begins a text with a capital, for what stands by itself: a choice, a cell. The same words stand within sentences too, where they
 * have none.
 */
export function useCapital(): (text: string) => string {
  const locale = useLocale();
  return (text) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
