import type { ReactNode } from 'react';
import { Shell } from '#components/shell/shell.tsx';
import { requireSession } from '#lib/session/guard.ts';
import { signOutAction } from './actions.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { session } = await requireSession();
  return (
    <Shell session={session} signOut={signOutAction}>
      {children}
    </Shell>
  );
}
