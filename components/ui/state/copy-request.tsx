'use client';

import { ClipboardCopy } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import type { RequestTexts } from './request-texts.ts';
import { useCopy } from '#components/ui/use-copy.ts';

/** Copies a request for a missing permission: one sentence and the URL of the page, to hand to an admin. */
export function CopyRequest({ scope, texts }: { scope: string; texts: RequestTexts }) {
  const { state, copy } = useCopy();
  const request = () => texts.sentence.replace('%scope%', scope).replace('%url%', () => location.href);
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button size="sm" onClick={() => void copy(request())}>
        <ClipboardCopy aria-hidden className="size-3.5" />
        {texts.copy}
      </Button>
      <span role="status" className="text-sm text-muted empty:hidden">
        {state === 'copied' ? texts.copied : state === 'refused' ? request() : ''}
      </span>
    </span>
  );
}
