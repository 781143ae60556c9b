import type { Route } from 'next';
import { Link } from './link.tsx';
import type { ReactNode } from 'react';
import { GuardedButton } from './guarded-button.tsx';
import type { Locked } from './locked/locked.ts';

type Props<T extends string> = { href: Route<T>; locked?: Locked | undefined; className: string; children: ReactNode };

/** A link to a change. Without the scope it stays visible, locked, and names the missing scope. */
export function WriteLink<T extends string>({ href, locked, className, children }: Props<T>) {
  if (!locked) {
    return (
      <Link href={href} className={className}>
        {children}
      </Link>
    );
  }
  return (
    <GuardedButton bare reason={locked} className={`${className} aria-disabled:opacity-50`}>
      {children}
    </GuardedButton>
  );
}
