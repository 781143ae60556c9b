'use client';

import { useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { useProblemTexts } from '#components/ui/state/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { Evidence } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { useDecide } from './decide-context.tsx';

type Props = { self: string; other: string; evidence: Evidence[]; decided: boolean };

/** Decides that two people are not the same, or undoes that. Nothing changes in Omni. */
export function NotSame({ self, other, evidence, decided }: Props) {
  const t = useTranslations('duplicates');
  const toast = useToast();
  const problem = useProblemTexts();
  const decide = useDecide();
  const [busy, start] = useTransition();
  const run = () =>
    start(async () => {
      const result = await callAction(decide, { pair: [self, other], evidence, same: decided });
      if (!result.ok) toast({ text: Object.values(problem(result)).join('. '), persistent: true });
      else readPageAgain();
    });
  return (
    <Button size="sm" variant="ghost" disabled={busy} onClick={run}>
      {t(decided ? 'undo-decision' : 'not-same')}
    </Button>
  );
}
