'use client';

import { useCallback } from 'react';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';

const UNREACHABLE = { ok: false, code: 'console_unreachable' } as const;

/** Sends a small action that is no operation. What did not go through is said until it is closed; this never rejects. */
export function useSend(): <T>(ask: () => Promise<ActionResult<T>>) => Promise<ActionResult<T>> {
  const toast = useToast();
  const { title, help } = useTexts();
  return useCallback(
    async (ask) => {
      const answer = await ask().catch(() => UNREACHABLE);
      if (!answer.ok) toast({ text: `${title(answer)}. ${help(answer)}`, persistent: true });
      return answer;
    },
    [toast, title, help],
  );
}
