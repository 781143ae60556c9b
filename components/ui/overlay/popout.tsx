'use client';

import { useEffect, useId, useRef, useState, type ReactNode, type RefObject, type ToggleEvent } from 'react';
import { flushSync } from 'react-dom';

type Props = { label: ReactNode; name: string; className: string; children: ReactNode };

/**
 * Whether a popover was opened yet, and what tells: what stands in it is drawn right before it opens for the first time, and is no part
 * of the page that the server sends. The browser may have opened it before the page was alive.
 */
export function useOpened(
  panel: RefObject<HTMLElement | null>,
): [opened: boolean, onBeforeToggle: (event: ToggleEvent) => void] {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (panel.current?.matches(':popover-open')) setOpened(true);
  }, [panel]);
  return [opened, ({ newState }) => newState === 'open' && flushSync(() => setOpened(true))];
}

/**
 * A button that opens a panel below it, over the browser's own popover: Escape, outside clicks and the place need no script. `name` is what the button says to a screen reader.
 */
export function Popout({ label, name, className, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [opened, onBeforeToggle] = useOpened(panel);
  useEffect(() => {
    // Where it stands in another panel, the browser does not give the focus back.
    const giveBack = ({ key }: KeyboardEvent) => key === 'Escape' && button.current?.focus();
    const box = panel.current;
    box?.addEventListener('keydown', giveBack);
    return () => box?.removeEventListener('keydown', giveBack);
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
        onBeforeToggle={onBeforeToggle}
        role="group"
        aria-label={name}
        tabIndex={-1}
        className="inset-auto m-0 mt-1 max-h-[calc(100dvh-16px)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg border bg-surface p-3 text-left text-sm font-normal whitespace-normal text-text shadow-lg [position-area:bottom_span-left] [position-try-fallbacks:flip-inline,flip-block]"
      >
        {opened ? children : null}
      </div>
    </>
  );
}
