'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';

type Props = {
  open: boolean;
  title: ReactNode;
  /** What Escape does; without it the dialog cannot be left that way. */
  onCancel?: (() => void) | undefined;
  /** It interrupts somebody, and says so to screen readers. */
  alert?: boolean;
  children: ReactNode;
};

/**
 * A modal dialog over the browser's own: focus, Escape, the top layer and the page behind it are native. What carries
 * `data-focus` is focused first.
 */
export function Dialog({ open, title, onCancel, alert = false, children }: Props) {
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !box.current?.open) {
      box.current?.showModal();
      box.current?.querySelector<HTMLElement>('[data-focus]')?.focus();
    }
    if (!open && box.current?.open) box.current.close();
  }, [open]);
  return (
    <dialog
      ref={box}
      role={alert ? 'alertdialog' : undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onCancel?.();
      }}
      className="m-auto w-[calc(100vw-32px)] max-w-md rounded-lg border bg-surface p-0 text-text shadow-lg"
    >
      {open ? (
        <div className="p-5">
          <h2 id={id} className="text-lg">
            {title}
          </h2>
          {children}
        </div>
      ) : null}
    </dialog>
  );
}
