'use client';

import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { useProof } from '#components/shell/proof.tsx';
import { Button } from '#components/ui/button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';

/** Asks for the key before key operations, so that none of them has to. */
export function ProveNow({ check }: { check: ServerAction<void> }) {
  const t = useTranslations('account');
  const proven = useProof();
  const toast = useToast();
  async function prove() {
    const result = await proven(check, undefined);
    if (result.ok) toast({ text: t('proved') });
    readPageAgain();
  }
  return (
    <Button size="sm" onClick={() => void prove()}>
      {t('prove-now')}
    </Button>
  );
}
