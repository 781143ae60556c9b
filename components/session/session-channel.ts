const NAME = 'omni-session';

/** One for the whole page: another one would tell this page too, which knows better why it leaves. */
let channel: BroadcastChannel | undefined;

const shared = () => (channel ??= new BroadcastChannel(NAME));

/** Tells the other tabs of this browser that the session is not what it was; each asks the console what it is now. */
export function tellTabs(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  shared().postMessage('look');
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
  shared().addEventListener('message', look);
  return () => shared().removeEventListener('message', look);
}
