'use client';

import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useEffect, useRef, type ReactNode } from 'react';
import { RequestItem } from '#components/ui/overlay/request-item.tsx';
import { lockedScope, lockedText, type Locked } from '#components/ui/locked/locked.ts';
import { menuItemClass, menuItems, moveInMenu } from '#components/ui/overlay/menu.tsx';

/** What can be done with one row; `reason`: why not now. */
export type RowAction = {
  id: string;
  label: string;
  icon?: ReactNode;
  href?: string;
  run?: () => void;
  danger?: boolean;
  reason?: Locked | undefined;
};

type Props = { name: string; button: HTMLElement; actions: readonly RowAction[]; close: () => void };

/** The menu of the row whose button was pressed: one for the whole list, since there may be thousands of rows. */
export function RowMenu({ name, button, actions, close }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = panel.current;
    box?.showPopover({ source: button });
    menuItems(box).at(0)?.focus();
  }, [button]);
  return (
    <div
      ref={panel}
      popover="auto"
      onToggle={({ newState }) => {
        if (newState !== 'closed') return;
        if (document.activeElement === document.body) button.focus();
        close();
      }}
      className="inset-auto m-0 mt-1 w-max max-w-[calc(100vw-16px)] min-w-44 rounded-lg border bg-surface p-1 text-text shadow-lg [position-area:bottom_span-left] [position-try-fallbacks:flip-block,flip-inline]"
    >
      <div role="menu" aria-label={name} tabIndex={-1} onKeyDown={(event) => moveInMenu(event, panel.current)}>
        {actions.map(({ id, label, icon, href, run, danger, reason }) => {
          const className = `${menuItemClass} ${danger ? 'text-danger' : ''} aria-disabled:opacity-55`;
          const body = (
            <>
              {icon}
              <span className="min-w-0">
                {label}
                {reason ? <span className="block text-xs text-muted">{lockedText(reason)}</span> : null}
              </span>
            </>
          );
          return href && !reason ? (
            <Link key={id} role="menuitem" href={href as Route} className={className} onClick={close}>
              {body}
            </Link>
          ) : (
            <button
              key={id}
              type="button"
              role="menuitem"
              aria-disabled={reason ? true : undefined}
              className={className}
              onClick={() => {
                if (reason) return;
                panel.current?.hidePopover();
                run?.();
              }}
            >
              {body}
            </button>
          );
        })}
        <RequestItem scopes={actions.map(({ reason }) => lockedScope(reason))} />
      </div>
    </div>
  );
}
