'use client';

import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useOpened } from './popout.tsx';

type Props = {
  label: ReactNode;
  name: string;
  head?: ReactNode;
  children: ReactNode;
  className: string;
  panelClassName: string;
};

/**
 * A menu button over the browser's own popover: Escape, outside clicks and the top layer are native; arrows, Home, End,
 * Tab and focus are added. `children` hold elements with role menuitem, which close it, or menuitemradio, which don't.
 */
export function Menu({ label, name, head, children, className, panelClassName }: Props) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [opened, onBeforeToggle] = useOpened(panel);
  const close = () => panel.current?.hidePopover();

  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={name}
        className={className}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          panel.current?.showPopover();
        }}
      >
        {label}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        onBeforeToggle={onBeforeToggle}
        onToggle={(event) => event.newState === 'open' && menuItems(panel.current).at(0)?.focus()}
        className={`m-0 w-72 max-w-[calc(100vw-16px)] rounded-lg border bg-surface p-0 text-text shadow-lg ${panelClassName}`}
      >
        {opened ? head : null}
        <div
          role="menu"
          aria-label={name}
          tabIndex={-1}
          onKeyDown={(event) => moveInMenu(event, panel.current)}
          onClick={({ target }) => (target as Element).closest('[role=menuitem]') && close()}
          className="p-1"
        >
          {opened ? children : null}
        </div>
      </div>
    </>
  );
}

/** What can be chosen in a menu, in order. */
export function menuItems(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

/** Arrows, Home and End go from item to item; Tab closes. */
export function moveInMenu(event: KeyboardEvent, panel: HTMLElement | null): void {
  if (event.key === 'Tab') return panel?.hidePopover();
  const all = menuItems(panel);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  all.at(next % all.length)?.focus();
}

export const menuItemClass = 'menu-item';
