'use client';

import { ClipboardCopy } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from './button.tsx';
import { useCopy } from './use-copy.ts';

/** Copies a request for a missing permission: one sentence and the URL of the page, to hand to an admin. Needs namespace `ui`. */
export function CopyRequest({ scope }: { scope: string }) {
  const t = useTranslations('ui');
  const { state, copy } = useCopy();
  const request = () => t('request.text', { scope, url: location.href });
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button size="sm" onClick={() => void copy(request())}>
        <ClipboardCopy aria-hidden className="size-3.5" />
        {t('request.copy')}
      </Button>
      <span role="status" className="text-sm text-muted empty:hidden">
        {state === 'copied' ? t('copied') : state === 'refused' ? request() : ''}
      </span>
    </span>
  );
}
