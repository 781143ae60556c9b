'use client';

import { createContext, use, useCallback, useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { KeyForm } from '#components/form/ask-for-key-later.tsx';

type RequestProof = () => Promise<boolean>;

const Proof = createContext<RequestProof>(() => Promise.resolve(false));

type Props = { whose: string; prove: ServerAction<{ key: string }>; children: ReactNode };

/** Renders the one dialog that asks for the session's key again, above everything that could close with it. */
export function ProofProvider({ whose, prove, children }: Props) {
  const t = useTranslations('proof');
  const [open, setOpen] = useState(false);
  const waiting = useRef<((proved: boolean) => void)[]>([]);
  const requestProof = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        setOpen(true);
      }),
    [],
  );
  function end(proved: boolean) {
    setOpen(false);
    for (const resolve of waiting.current.splice(0)) resolve(proved);
  }
  return (
    <Proof value={requestProof}>
      {children}
      <Dialog open={open} title={t('title')} onCancel={() => end(false)}>
        <p className="mt-2 text-muted">{t('lead')}</p>
        <KeyForm
          whose={whose}
          label={t('continue')}
          busyLabel={t('checking')}
          send={async (key) => {
            const result = await callAction(prove, { key });
            if (!result.ok) return result;
            end(true);
            return null;
          }}
          actions={
            <Button variant="ghost" onClick={() => end(false)}>
              {t('cancel')}
            </Button>
          }
        />
      </Dialog>
    </Proof>
  );
}

/**
 * Calls an action: when it answers `proof_needed`, the dialog asks for the key and the call is sent again. When the dialog is
 * cancelled, that answer is returned.
 */
export function useProof(): <I, T>(action: ServerAction<I, T>, input: I) => Promise<ActionResult<T>> {
  const requestProof = use(Proof);
  return useCallback(
    async (action, input) => {
      const result = await callAction(action, input);
      const needed = !result.ok && result.code === 'proof_needed';
      return needed && (await requestProof()) ? callAction(action, input) : result;
    },
    [requestProof],
  );
}
