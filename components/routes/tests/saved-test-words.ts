'use client';

import { CircleAlert, CircleCheck, CircleHelp, LoaderCircle } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'use-intl/react';
import { useAgentWords } from '#components/routes/resolve/resolution-words.ts';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';
import type { SavedTest } from '#lib/routes/tests/saved-tests.ts';

/** How each state looks; it also has its word. */
export const TEST_LOOKS = {
  ok: { icon: CircleCheck, tone: 'good', ink: 'text-good' },
  other: { icon: CircleAlert, tone: 'danger', ink: 'text-danger' },
  silent: { icon: CircleAlert, tone: 'danger', ink: 'text-danger' },
  unknown: { icon: CircleHelp, tone: 'unknown', ink: 'text-muted' },
  checking: { icon: LoaderCircle, tone: 'plain', ink: 'text-muted' },
} as const;

/** Where a saved test is asked anew, with who answers and why. */
export function savedTestHref({ instanceId, chatId, personId }: SavedTest): Route {
  const query = new URLSearchParams({ instance: instanceId });
  if (chatId) query.set('chat', chatId);
  if (personId) query.set('person', personId);
  return `/routes/test?${query}` as Route;
}

/** How a saved test is called: by its name, else by whom it is for. */
export function useSavedTestName(): (savedTest: SavedTest) => string {
  const t = useTranslations('saved-tests');
  return ({ title, chatId, personId, id }) => title ?? t('untitled', { id: (chatId ?? personId ?? id).slice(0, 8) });
}

/** What a saved test found: who answers as expected, who answers instead, or why nobody does or it can't be told. */
export function useSavedTestResult(): (
  savedTest: Pick<SavedTestResult, 'state' | 'agentId' | 'expected' | 'got' | 'verdict'>,
) => string {
  const t = useTranslations('saved-tests');
  const words = useAgentWords();
  const texts = useVerdictText();
  return ({ state, agentId, expected, got, verdict }) =>
    t(`results.${state === 'ok' && agentId === null ? 'ok-nobody' : state}`, {
      expected: words(expected),
      got: words(got),
      why: texts.detail(verdict),
    });
}
