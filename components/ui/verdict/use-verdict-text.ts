'use client';

import { useTranslations } from 'use-intl/react';
import { verdictTexts } from './verdict-text.ts';

/** The sentences of verdicts in the reader's language; needs the namespaces `verdict` and `seen`. */
export function useVerdictText(): ReturnType<typeof verdictTexts> {
  const [verdict, seen] = [useTranslations('verdict'), useTranslations('seen')];
  return verdictTexts((namespace) => (namespace === 'verdict' ? verdict : seen));
}
