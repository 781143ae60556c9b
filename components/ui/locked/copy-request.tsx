'use client';

import { ClipboardCopy } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/use-copy.ts';
import { useRequest } from './request-texts.tsx';

/** Copies a request for a missing permission. */
export function CopyRequest({ scope }: { scope: string }) {
  const { state, copy } = useCopy();
  const { label, copied, textFor } = useRequest();
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button size="sm" onClick={() => void copy(textFor(scope))}>
        <ClipboardCopy aria-hidden className="size-3.5" />
        {label}
      </Button>
      <span role="status" className="text-sm text-muted empty:hidden">
        {state === 'copied' ? copied : state === 'refused' ? textFor(scope) : ''}
      </span>
    </span>
  );
}
