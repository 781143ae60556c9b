'use client';

import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { lockedText, type Locked } from '#components/ui/locked/locked.ts';
import { menuItemClass } from './menu.tsx';

type Props = { href: Route; icon?: ReactNode; reason?: Locked | undefined; danger?: boolean; children: ReactNode };

/** An entry of a menu that opens a page; one with a `reason` says why it can't. */
export function MenuLink({ href, icon, reason, danger = false, children }: Props) {
  const className = `${menuItemClass} ${danger ? 'text-danger [&>svg]:text-danger' : ''} aria-disabled:opacity-55`;
  if (!reason)
    return (
      <Link role="menuitem" href={href} className={className}>
        {icon}
        {children}
      </Link>
    );
  return (
    <button type="button" role="menuitem" aria-disabled className={className}>
      {icon}
      <span className="min-w-0">
        {children}
        <span className="block text-xs text-muted">{lockedText(reason)}</span>
      </span>
    </button>
  );
}
