'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { ToastOutlet } from './toasts.tsx';
import { CloseButton } from './close-button.tsx';

type Props = {
  open: boolean;
  title: ReactNode;
  /** What Escape does; without it the dialog cannot be left that way. */
  onCancel?: (() => void) | undefined;
  /** It has the role alertdialog. */
  alert?: boolean;
  /** For larger content, such as a preview. */
  wide?: boolean;
  children: ReactNode;
};

/** The first field: of radios the one that Tab would reach. */
const FIRST = 'input[type=radio]:checked, input:not([type=radio]), select, textarea';

/**
 * A modal dialog over the browser's own: focus, Escape, the top layer and the page behind it are native. What carries
 * `data-focus` is focused first, else the first field.
 */
export function Dialog({ open, title, onCancel, alert = false, wide = false, children }: Props) {
  const t = useTranslations('ui');
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !box.current?.open) {
      box.current?.showModal();
      (
        box.current?.querySelector<HTMLElement>('[data-focus]') ?? box.current?.querySelector<HTMLElement>(FIRST)
      )?.focus();
    }
    if (!open && box.current?.open) closeKept(box.current);
  }, [open]);
  useEffect(() => {
    const element = box.current;
    return () => closeKept(element);
  }, []);
  return (
    <dialog
      ref={box}
      role={alert ? 'alertdialog' : undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onCancel?.();
      }}
      className={`m-auto w-[calc(100vw-32px)] rounded-lg border bg-surface p-0 text-text shadow-lg ${wide ? 'max-w-2xl' : 'max-w-md'}`}
    >
      {open ? (
        <div className="p-5">
          <header className="flex items-start justify-between gap-3">
            <h2 id={id} className="text-lg">
              {title}
            </h2>
            {onCancel && wide ? <CloseButton label={t('close')} onClick={onCancel} className="-mt-1" /> : null}
          </header>
          {children}
          <ToastOutlet />
        </div>
      ) : null}
    </dialog>
  );
}

/** Closes; the focus goes to the main part when the element that had it is gone. */
function closeKept(dialog: HTMLDialogElement | null): void {
  dialog?.close();
  if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
}
