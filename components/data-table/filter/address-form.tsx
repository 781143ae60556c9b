'use client';

import type { ReactNode } from 'react';

type Props = {
  change: () => void;
  role?: 'search';
  className: string;
  children: ReactNode;
};

/**
 * The form of a list's search and filters. It changes the address and nothing else, so it holds nothing that could be lost; the browser
 * sends it by itself before the page is alive. What is sent to be kept stands in `components/form/form.tsx`.
 */
export function AddressForm({ change, role, className, children }: Props) {
  return (
    <form
      method="get"
      role={role}
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        change();
      }}
    >
      {children}
    </form>
  );
}
