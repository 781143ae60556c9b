'use client';

import { Copy } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { menuItemClass } from './menu.tsx';
import { useToast } from './toasts.tsx';

type Props = { label: string; text: string | (() => string) };

/** An item of a menu that copies a text; where the browser denies it, the text is shown until it is closed. */
export function CopyItem({ label, text }: Props) {
  const t = useTranslations('ui');
  const toast = useToast();
  async function copy() {
    const wanted = typeof text === 'string' ? text : text();
    try {
      await navigator.clipboard.writeText(wanted);
      toast({ text: t('copied') });
    } catch {
      toast({ text: `${t('copy-refused')} ${wanted}`, persistent: true });
    }
  }
  return (
    <button type="button" role="menuitem" className={menuItemClass} onClick={() => void copy()}>
      <Copy aria-hidden />
      {label}
    </button>
  );
}
