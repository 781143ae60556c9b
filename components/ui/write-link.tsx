import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { GuardedButton } from './guarded-button.tsx';

type Props<T extends string> = { href: Route<T>; locked?: string; className: string; children: ReactNode };

/** A way to a change. Where the key may not make it, it stays in sight and says which right is missing. */
export function WriteLink<T extends string>({ href, locked, className, children }: Props<T>) {
  if (!locked) {
    return (
      <Link prefetch={false} href={href} className={className}>
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
