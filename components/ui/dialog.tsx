'use client';

import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';

type Props = { title: ReactNode; close: () => void; children: ReactNode };

/** A box over the page, the browser's own: focus stays inside, Escape closes it, and the focus goes back where it was. */
export function Dialog({ title, close, children }: Props) {
  const t = useTranslations('ui');
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = box.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={box}
      aria-labelledby={id}
      onClose={close}
      className="m-auto w-full max-w-2xl rounded-lg border bg-surface p-0 text-text shadow-lg max-sm:mb-0 max-sm:max-w-full"
    >
      <header className="sticky top-0 z-10 flex items-center justify-between gap-3 border-b bg-surface px-4 py-2">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          aria-label={t('close')}
          onClick={() => box.current?.close()}
          className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover"
        >
          <X aria-hidden className="size-4" />
        </button>
      </header>
      <div className="p-4">{children}</div>
    </dialog>
  );
}
