'use client';

import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ComponentType,
  type ReactNode,
} from 'react';
import { DeliveryProvider } from '#components/operations/run/operations-context.tsx';

/** A key's text, whose it is, and what to do once a person says it is stored. */
export type ShownSecret = { secret: string; keyId: string; name: string; serverUrl?: string; onStored?: () => void };

export type ShownOnceProps = { shown: ShownSecret; forget: () => void };

type Shower = { show: (secret: ShownSecret) => void; prepare: () => void };

const Show = createContext<Shower>({ show: () => undefined, prepare: () => undefined });

/**
 * Shows a new key over whatever page there is, until it is said to be stored. It is in memory and nowhere else. The dialog
 * is loaded with the page that may need it.
 */
export function useShowOnce(): (secret: ShownSecret) => void {
  const { show, prepare } = use(Show);
  useEffect(prepare, [prepare]);
  return show;
}

/** Stands in the console's layout, outside of anything keyed or suspended: another page behind it does not take it away. */
export function ShownOnceProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const forget = useCallback(() => setShown(null), []);
  const [Dialog, setDialog] = useState<ComponentType<ShownOnceProps> | null>(null);
  const prepare = useCallback(() => {
    import('./shown-once-dialog.tsx').then(
      ({ ShownOnceDialog }) => setDialog(() => ShownOnceDialog),
      () => undefined,
    );
  }, []);
  const value = useMemo(() => ({ show: setShown, prepare }), [prepare]);
  useEffect(() => {
    if (shown) prepare();
  }, [shown, prepare]);
  const take = useCallback((told: unknown) => setShown((now) => secretOf(told) ?? now), []);
  return (
    <Show value={value}>
      <DeliveryProvider take={take}>{children}</DeliveryProvider>
      {shown && Dialog ? <Dialog key={shown.keyId} shown={shown} forget={forget} /> : null}
      {shown && !Dialog ? <BareKey shown={shown} /> : null}
    </Show>
  );
}

/** The key alone, where the dialog does not load: it is shown once, so it is shown. */
function BareKey({ shown: { name, secret } }: Pick<ShownOnceProps, 'shown'>) {
  return (
    <dialog
      ref={(box) => box?.showModal()}
      aria-label={name}
      onCancel={(event) => event.preventDefault()}
      className="m-auto max-w-[calc(100vw-24px)] rounded-lg border bg-surface p-5 text-text"
    >
      <output className="font-mono break-all select-all">{secret}</output>
    </dialog>
  );
}

/** The secret in what an inline change told, if it is one: `{ secret, keyId, name }`. */
export function secretOf(told: unknown): ShownSecret | null {
  if (typeof told !== 'object' || told === null) return null;
  const { secret, keyId, name, serverUrl } = told as Record<string, unknown>;
  if (typeof secret !== 'string' || typeof keyId !== 'string' || typeof name !== 'string') return null;
  return { secret, keyId, name, ...(typeof serverUrl === 'string' ? { serverUrl } : {}) };
}
