'use client';

import type { Route } from 'next';
import { readPageAgain, replaceAddress } from '#components/shell/calls/page-reading.ts';
import { Link } from '#components/ui/link.tsx';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ComponentProps, ReactNode } from 'react';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';
import { RECEIPT } from '#lib/session/incoming/receipt-address.ts';

/** The dialog that the address of this page has open, among `names`: its name and value. `changed`: the page is read again. */
export function useDialogAddress<N extends string>(
  names: readonly N[],
): { open: { name: N; value: string } | null; close: (changed: boolean) => void } {
  const [path, query] = [usePathname(), useSearchParams()];
  const name = names.find((one) => query.has(one));
  return {
    open: name === undefined ? null : { name, value: query.get(name) ?? '' },
    close(changed) {
      // The entry of a change that ran in the dialog goes with it.
      const left = new URLSearchParams(location.search);
      for (const one of [...names, RECEIPT]) left.delete(one);
      replaceAddress(left.size > 0 ? `${path}?${left}` : path);
      if (changed) readPageAgain();
    },
  };
}

/** Opens a dialog of this page, as `DialogLink` does, from a menu that runs what is chosen. */
export function openDialog(name: string, value: string): void {
  const asked = new URLSearchParams(location.search);
  asked.delete(RECEIPT);
  asked.set(name, value);
  replaceAddress(`${location.pathname}?${asked}`);
}

type Props = {
  /** The dialog, and what it is about. */
  name: string;
  value: string;
  /** Why it can't be opened now. */
  locked?: Locked | undefined;
  className: string;
  children: ReactNode;
} & Pick<ComponentProps<'a'>, 'role' | 'aria-label'>;

/** Opens a dialog of this page at once, under an address that opens it again. */
export function DialogLink({ name, value, locked, className, children, ...rest }: Props) {
  const [path, query] = [usePathname(), useSearchParams()];
  if (locked !== undefined)
    return (
      <GuardedButton {...rest} bare reason={locked} className={`${className} aria-disabled:opacity-55`}>
        {children}
      </GuardedButton>
    );
  const asked = new URLSearchParams(query);
  asked.set(name, value);
  const href = `${path}?${asked}` as Route;
  return (
    <Link
      {...rest}
      href={href}
      className={className}
      onNavigate={(event) => {
        event.preventDefault();
        replaceAddress(href);
      }}
    >
      {children}
    </Link>
  );
}
