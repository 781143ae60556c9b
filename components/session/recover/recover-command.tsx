'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/use-copy.ts';

/** A command to run on Omni's machine. */
export function RecoverCommand({ line }: { line: string }) {
  const t = useTranslations('operations');
  const tUi = useTranslations('ui');
  const { state, copy } = useCopy();
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <div className="my-3 rounded border bg-inset p-2">
      <div className="flex items-center gap-2">
        <code className="min-w-0 grow font-mono text-sm select-all">{line}</code>
        <Button size="sm" onClick={() => void copy(line)}>
          <Icon aria-hidden className={`size-3.5 ${state === 'copied' ? 'text-good' : ''}`} />
          {state === 'copied' ? t('copied') : t('copy-command')}
        </Button>
      </div>
      <p role="status" className={state === 'refused' ? 'mt-1 text-sm text-danger' : 'sr-only'}>
        {state === 'refused' ? tUi('copy-refused') : state === 'copied' ? t('copied') : ''}
      </p>
    </div>
  );
}
