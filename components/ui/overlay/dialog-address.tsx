'use client';

import type { Route } from 'next';
import { showAddress } from '#components/shell/calls/shown-address.ts';
import { useShownQuery } from '#components/shell/calls/use-shown-query.ts';
import { Link } from '#components/ui/link.tsx';
import { usePathname } from 'next/navigation';
import type { ComponentProps, ReactNode } from 'react';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';
import { RECEIPT } from '#lib/session/incoming/receipt-address.ts';

/** The dialog that the address of this page has open, among `names`: its name and value. */
export function useDialogAddress<N extends string>(
  names: readonly N[],
): { open: { name: N; value: string } | null; close: () => void } {
  const [path, query] = [usePathname(), useShownQuery()];
  const name = names.find((one) => query.has(one));
  return {
    open: name === undefined ? null : { name, value: query.get(name) ?? '' },
    close() {
      // The entry of a change that ran in the dialog goes with it.
      const left = new URLSearchParams(location.search);
      for (const one of [...names, RECEIPT]) left.delete(one);
      showAddress(left.size > 0 ? `${path}?${left}` : path);
    },
  };
}

/** Opens a dialog of this page, as `DialogLink` does, from a menu that runs what is chosen. */
export function openDialog(name: string, value: string): void {
  const asked = new URLSearchParams(location.search);
  asked.delete(RECEIPT);
  asked.set(name, value);
  showAddress(`${location.pathname}?${asked}`);
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
  const [path, query] = [usePathname(), useShownQuery()];
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
      data-dialog
      href={href}
      className={className}
      onNavigate={(event) => {
        event.preventDefault();
        showAddress(href);
      }}
    >
      {children}
    </Link>
  );
}
