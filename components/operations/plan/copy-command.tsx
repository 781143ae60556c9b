'use client';

import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/use-copy.ts';
import type { CommandLines, Text } from '#lib/operations/plan/define.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';

type Props = {
  command: CommandLines | { none: Text };
  /** What the fold is called where more than the lines is in it. */
  title?: string;
  children?: ReactNode;
};

/** The lines that do the same in a terminal, and how much of it they do where that is not all; or why there are none. */
export function CopyCommand({ command, title, children }: Props) {
  const { say } = useTexts();
  const t = useTranslations('operations');
  const tUi = useTranslations('ui');
  const { state, copy } = useCopy();
  if ('none' in command) return <p className="text-sm text-muted">{say(command.none)}</p>;
  const { lines, of } = command;
  if (lines.length === 0 && !children) return null;
  const Icon = state === 'copied' ? Check : Copy;
  const text = lines.join('\n');
  return (
    <details className="rounded border">
      <summary className="min-h-10 px-3 py-2.5 text-sm text-muted">{title ?? t('command')}</summary>
      {children}
      <div hidden={lines.length === 0} className="space-y-2 border-t p-3">
        {of ? <p className="text-sm text-warn">{t('command-part', { count: lines.length, of })}</p> : null}
        <pre
          tabIndex={0}
          aria-label={t('command')}
          className="max-h-60 overflow-auto rounded bg-inset p-2 font-mono text-xs"
        >
          {text}
        </pre>
        <Button size="sm" onClick={() => void copy(text)}>
          <Icon aria-hidden className={`size-3.5 ${state === 'copied' ? 'text-good' : ''}`} />
          {state === 'copied' ? t('copied') : t('copy-command')}
        </Button>
        <p role="status" className={state === 'refused' ? 'text-sm text-danger' : 'sr-only'}>
          {state === 'refused' ? tUi('copy-refused') : state === 'copied' ? t('copied') : ''}
        </p>
      </div>
    </details>
  );
}
