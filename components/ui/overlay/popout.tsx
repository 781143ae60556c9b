'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';

type Props = { label: ReactNode; name: string; className: string; children: ReactNode };

/**
 * A button that opens a panel below it, over the browser's own popover: Escape, outside clicks and the place need no script. `name` is what the button says to a screen reader.
 */
export function Popout({ label, name, className, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where it stands in another panel, the browser does not give the focus back.
    const giveBack = ({ key }: KeyboardEvent) => key === 'Escape' && button.current?.focus();
    const opened = panel.current;
    opened?.addEventListener('keydown', giveBack);
    return () => opened?.removeEventListener('keydown', giveBack);
  }, []);
  return (
    <>
      <button ref={button} type="button" popoverTarget={id} aria-label={name} className={className}>
        {label}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="group"
        aria-label={name}
        tabIndex={-1}
        className="inset-auto m-0 mt-1 max-h-[calc(100dvh-16px)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg border bg-surface p-3 text-left text-sm font-normal whitespace-normal text-text shadow-lg [position-area:bottom_span-left] [position-try-fallbacks:flip-inline,flip-block]"
      >
        {children}
      </div>
    </>
  );
}
