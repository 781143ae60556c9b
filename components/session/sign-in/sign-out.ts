'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { tellTabs } from '#components/session/request/session-channel.ts';

/**
 * Ends the session here, or every session of this key, and leaves; the other tabs leave too. What did not end is said: one
 * stays on the page when nothing has ended at all.
 */
export function useLeave(): (which?: { everywhere?: boolean }) => Promise<void> {
  const t = useTranslations('leave');
  const toast = useToast();
  return useCallback(
    async ({ everywhere = false } = {}) => {
      const address = everywhere ? '/api/session?everywhere' : '/api/session';
      const problem = await fetch(address, { method: 'DELETE' }).then(problemIn, () => 'failed');
      if (problem === null || problem === 'not_ended') {
        tellTabs();
        location.replace(`/login?reason=${problem ?? 'signed_out'}`);
        return;
      }
      const why = problem === 'other_session' ? 'other-session' : everywhere ? 'failed-everywhere' : 'failed';
      toast({ text: t(why), stays: true });
    },
    [t, toast],
  );
}

async function problemIn(answer: Response): Promise<string | null> {
  if (answer.ok) return null;
  const told = (await answer.json().catch(() => null)) as { problem?: string } | null;
  return told?.problem ?? 'failed';
}
