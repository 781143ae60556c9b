import type { ReactNode } from 'react';
import { ShownOnceProvider } from '#components/keys/shown-once.tsx';
import { OperationsProvider } from '#components/operations/operations-context.tsx';
import { Toasts } from '#components/ui/toasts.tsx';
import { Shell } from '#components/shell/shell.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { requireSession } from '#lib/session/guard.ts';
import { signOutAction } from './actions.ts';
import { previewAction, previewUndoAction, resumeAction, runAction } from './operations/actions.ts';

const ACTIONS = { preview: previewAction, previewUndo: previewUndoAction, run: runAction, resume: resumeAction };

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { session } = await requireSession();
  return (
    <OperationsProvider actions={ACTIONS}>
      <WithMessages of={['ui', 'shell', 'secret']}>
        <Toasts>
          <ShownOnceProvider>
            <Shell session={session} signOut={signOutAction}>
              {children}
            </Shell>
          </ShownOnceProvider>
        </Toasts>
      </WithMessages>
    </OperationsProvider>
  );
}
