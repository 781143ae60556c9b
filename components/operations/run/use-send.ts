'use client';

import { useCallback } from 'react';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';

/** Sends a small action that is no operation. What did not go through is said until it is closed; this never rejects. */
export function useSend(): <I, T>(action: ServerAction<I, T>, input: I) => Promise<ActionResult<T>> {
  const toast = useToast();
  const { title, help } = useTexts();
  return useCallback(
    async (action, input) => {
      const answer = await callAction(action, input);
      if (!answer.ok) toast({ text: `${title(answer)}. ${help(answer)}`, persistent: true });
      return answer;
    },
    [toast, title, help],
  );
}
