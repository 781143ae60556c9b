const NAME = 'omni-session';

/** Tells the other tabs of this browser that the session is not what it was; each asks the console what it is now. */
export function tellTabs(): void {
  const channel = new BroadcastChannel(NAME);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  channel.postMessage('look');
  channel.close();
}

/**
 * Tells them when this page is the first one of a session that this browser shows, however it came to be: a sign-in, a turn
 * to another server, a move to a new key.
 */
export function tellTabsOf(sid: string): void {
  if (localStorage.getItem(NAME) === sid) return;
  localStorage.setItem(NAME, sid);
  tellTabs();
}

/** Hears that the session changed in another tab. Answers how to stop listening. */
export function onTold(look: () => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', look);
  return () => channel.close();
}
