const NAME = 'omni-session';

let opened: BroadcastChannel | undefined;

/** One for the page: what it says itself it does not hear. */
function channel(): BroadcastChannel {
  opened ??= new BroadcastChannel(NAME);
  return opened;
}

/** Tells the other tabs of this browser that the session is not what it was; each asks the console what it is now. */
export function tellTabs(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  channel().postMessage('look');
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
  const heard = channel();
  heard.addEventListener('message', look);
  return () => heard.removeEventListener('message', look);
}
