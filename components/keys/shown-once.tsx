'use client';

import { createContext, use, useCallback, useState, type ReactNode } from 'react';
import { ToldProvider } from '#components/operations/operations-context.tsx';
import { ShownOnceDialog } from './shown-once-dialog.tsx';

/** A key's text, whose it is, and what to do once a person says it is stored. */
export type ShownSecret = { secret: string; keyId: string; name: string; serverUrl?: string; onStored?: () => void };

const Show = createContext<(secret: ShownSecret) => void>(() => undefined);

/** Shows a new key over whatever page there is, until it is said to be stored. It is in memory and nowhere else. */
export function useShowOnce(): (secret: ShownSecret) => void {
  return use(Show);
}

/** Stands in the console's layout, outside of anything keyed or suspended: another page behind it does not take it away. */
export function ShownOnceProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const forget = useCallback(() => setShown(null), []);
  const take = useCallback((told: unknown) => setShown((now) => secretOf(told) ?? now), []);
  return (
    <Show value={setShown}>
      <ToldProvider take={take}>{children}</ToldProvider>
      {shown ? <ShownOnceDialog key={shown.keyId} shown={shown} forget={forget} /> : null}
    </Show>
  );
}

/** The secret in what an inline change told, if it is one: `{ secret, keyId, name }`. */
export function secretOf(told: unknown): ShownSecret | null {
  if (typeof told !== 'object' || told === null) return null;
  const { secret, keyId, name, serverUrl } = told as Record<string, unknown>;
  if (typeof secret !== 'string' || typeof keyId !== 'string' || typeof name !== 'string') return null;
  return { secret, keyId, name, ...(typeof serverUrl === 'string' ? { serverUrl } : {}) };
}
