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
import { useConfirmShown, type ConfirmShown } from './use-confirm-shown.ts';
import { secretOf, type ShownOnceProps, type ShownSecret } from './shown-secret.ts';

type ShowOnce = { show: (secret: ShownSecret) => void; prepare: () => void };

const Show = createContext<ShowOnce>({ show: () => undefined, prepare: () => undefined });

/**
 * Shows a new key over any page until somebody confirms that it is stored. It is in memory and nowhere else. The dialog is
 * loaded with the page that may need it.
 */
export function useShowOnce(): (secret: ShownSecret) => void {
  const { show, prepare } = use(Show);
  useEffect(prepare, [prepare]);
  return show;
}

/** Stands in the console's layout, outside of anything keyed or suspended, so that changing the page behind it keeps it open. */
export function ShownOnceProvider({ confirm, children }: { confirm: ConfirmShown; children: ReactNode }) {
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
  useConfirmShown(shown?.keyId ?? null, confirm);
  const take = useCallback((delivered: unknown) => setShown((now) => secretOf(delivered) ?? now), []);
  return (
    <Show value={value}>
      <DeliveryProvider take={take}>{children}</DeliveryProvider>
      {shown && Dialog ? <Dialog key={shown.keyId} shown={shown} forget={forget} /> : null}
      {shown && !Dialog ? <BareKey shown={shown} /> : null}
    </Show>
  );
}

/** The key alone, where the dialog does not load: it can't be shown later. */
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
