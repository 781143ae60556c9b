'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';

/** A line to run on Omni's own machine. */
export function RecoverCommand({ line }: { line: string }) {
  const t = useTranslations('operations');
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(line);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <div className="my-3 flex items-center gap-2 rounded border bg-inset p-2">
      <code className="min-w-0 grow font-mono text-sm">{line}</code>
      <Button size="sm" onClick={() => void copy()}>
        {copied ? <Check aria-hidden className="size-3.5 text-good" /> : <Copy aria-hidden className="size-3.5" />}
        {copied ? t('copied') : t('copy-command')}
      </Button>
    </div>
  );
}
