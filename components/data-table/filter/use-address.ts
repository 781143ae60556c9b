'use client';

import type { Route } from 'next';
import { usePathname, useRouter } from 'next/navigation';
import { useCallback, useTransition } from 'react';
import { useShownQuery } from '#components/shell/calls/use-shown-query.ts';
import { changedQuery, type AddressChange } from '#lib/views/address.ts';

/** The address of a list that the server reads: what it is after a change, and the way there. */
export function useAddress(): {
  busy: boolean;
  change: (patch: AddressChange) => void;
  hrefOf: (patch: AddressChange) => string;
} {
  const [path, query, router] = [usePathname(), useShownQuery(), useRouter()];
  const [busy, start] = useTransition();
  const hrefOf = useCallback((patch: AddressChange) => hrefWith(path, changedQuery(query, patch)), [path, query]);
  return {
    busy,
    hrefOf,
    change: (patch) =>
      start(() => {
        router.replace(hrefWith(path, changedQuery(new URLSearchParams(location.search), patch)) as Route, {
          scroll: false,
        });
      }),
  };
}

function hrefWith(path: string, query: string): string {
  return query ? `${path}?${query}` : path;
}
