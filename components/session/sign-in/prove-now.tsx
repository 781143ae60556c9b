'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { useProof } from '#components/shell/proof.tsx';
import { Button } from '#components/ui/button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';

/** Asks for the key before key operations, so that none of them has to. */
export function ProveNow({ check }: { check: () => Promise<ActionResult> }) {
  const t = useTranslations('account');
  const proven = useProof();
  const toast = useToast();
  const router = useRouter();
  async function prove() {
    const result = await proven(check);
    if (result.ok) toast({ text: t('proved') });
    router.refresh();
  }
  return (
    <Button size="sm" onClick={() => void prove()}>
      {t('prove-now')}
    </Button>
  );
}
