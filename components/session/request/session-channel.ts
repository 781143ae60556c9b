const NAME = 'omni-session';

let opened: BroadcastChannel | undefined;

/** One channel for the page, which does not receive its own messages. */
function channel(): BroadcastChannel {
  opened ??= new BroadcastChannel(NAME);
  return opened;
}

/** Tells the other tabs of this browser that the session changed; each reads it again. */
export function notifyTabs(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  channel().postMessage('changed');
}

/** Notifies the other tabs when this page is the first of a new session: after a sign-in, a server switch or a move to a new key. */
export function notifyTabsOf(sid: string): void {
  if (localStorage.getItem(NAME) === sid) return;
  localStorage.setItem(NAME, sid);
  notifyTabs();
}

/** Calls back when the session changed in another tab. Returns the unsubscribe function. */
export function onSessionChange(callback: () => void): () => void {
  const listened = channel();
  listened.addEventListener('message', callback);
  return () => listened.removeEventListener('message', callback);
}
