import type { ReactNode } from 'react';
import { signInHereAction } from '#app/(auth)/login/actions.ts';
import { OperationsProvider } from '#components/operations/operations-context.tsx';
import { Toasts } from '#components/ui/toasts.tsx';
import { ProofProvider } from '#components/shell/proof.tsx';
import { Shell } from '#components/shell/shell.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { requireSession } from '#lib/session/guard.ts';
import { proveAction } from './account/actions.ts';
import { previewAction, previewUndoAction, resumeAction, runAction } from './operations/actions.ts';

const ACTIONS = { preview: previewAction, previewUndo: previewUndoAction, run: runAction, resume: resumeAction };

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { session } = await requireSession();
  return (
    <OperationsProvider actions={ACTIONS}>
      <WithMessages of={['ui', 'shell', 'proof', 'problems']}>
        <Toasts>
          <ProofProvider whose={`${session.yourName ?? session.keyName} @ ${session.server.name}`} prove={proveAction}>
            <Shell session={session} signInHere={signInHereAction}>
              {children}
            </Shell>
          </ProofProvider>
        </Toasts>
      </WithMessages>
    </OperationsProvider>
  );
}
