import { tellTabs } from './session-channel.ts';

/** Ends the session here, or every session of this key, and leaves; the other tabs leave too. */
export async function leaveConsole({ everywhere = false }: { everywhere?: boolean } = {}): Promise<void> {
  await fetch(everywhere ? '/api/session?everywhere' : '/api/session', { method: 'DELETE' });
  tellTabs();
  location.replace('/login?reason=signed_out');
}
