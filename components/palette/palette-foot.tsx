'use client';

import { Info } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { KeysShown } from './shortcuts/keys-shown.tsx';

type Props = { id: string; nested: boolean; more: boolean; notes: readonly { text: string; scope?: string }[] };

/** What was not searched and why, and what the keys do. */
export function PaletteFoot({ id, nested, more, notes }: Props) {
  const t = useTranslations('palette');
  const hints = [
    { keys: ['↑', '↓'], text: t('hints.move') },
    { keys: ['Enter'], text: t('hints.open') },
    ...(more ? [{ keys: ['→'], text: t('hints.more') }] : []),
    { keys: ['Esc'], text: t(nested ? 'hints.back' : 'hints.close') },
  ];
  return (
    <div className="border-t">
      {notes.map(({ text, scope }) => (
        <p key={text} className="flex items-start gap-2 px-4 pt-2 text-xs text-muted">
          <Info aria-hidden className="mt-0.5 size-3 shrink-0" />
          <span className="min-w-0 wrap-anywhere">
            {text} {scope ? <CopyRequest scope={scope} /> : null}
          </span>
        </p>
      ))}
      <p id={id} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2 text-xs text-muted pointer-coarse:hidden">
        {hints.map(({ keys, text }) => (
          <span key={text} className="flex items-center gap-1.5">
            <KeysShown keys={keys} /> {text}
          </span>
        ))}
      </p>
    </div>
  );
}
