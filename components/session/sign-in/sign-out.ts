'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { clearTab } from '#components/shell/drafts/draft-storage.ts';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { notifyTabs } from '#components/shell/calls/session-channel.ts';

/**
 * Ends this session, or every session of this key, and goes to the sign-in page, in all tabs. When no session was ended, the page
 * stays and a toast says so.
 */
export function useLeave(): (which?: { everywhere?: boolean }) => Promise<void> {
  const t = useTranslations('leave');
  const toast = useToast();
  return useCallback(
    async ({ everywhere = false } = {}) => {
      const address = everywhere ? '/api/session?everywhere' : '/api/session';
      const problem = await fetch(address, { method: 'DELETE' }).then(problemIn, () => 'failed');
      if (problem === null || problem === 'not_ended') {
        notifyTabs();
        clearTab();
        location.replace(`/login?reason=${problem ?? 'signed_out'}`);
        return;
      }
      const why = problem === 'other_session' ? 'other-session' : everywhere ? 'failed-everywhere' : 'failed';
      toast({ text: t(why), persistent: true });
    },
    [t, toast],
  );
}

async function problemIn(answer: Response): Promise<string | null> {
  if (answer.ok) return null;
  const body = (await answer.json().catch(() => null)) as { problem?: string } | null;
  return body?.problem ?? 'failed';
}
