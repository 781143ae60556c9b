'use client';

import { useTranslations } from 'use-intl/react';

const CODES = ['nobody', 'missing', 'not-seen'] as const;

/** The name of an agent, or what stands for one. */
export function useAgentWords(): (name: string) => string {
  const t = useTranslations('route-test');
  return (name) => {
    const code = CODES.find((each) => each === name);
    return code ? t(`agents.${code}`) : name;
  };
}
