const NAME = 'omni-session';

/** `changed`: the session. `changedBy`: something of Omni's, by whom (`useActor`). */
type Message = 'changed' | { changedBy: string };

let opened: BroadcastChannel | undefined;

/** One channel for the page, which does not receive its own messages. */
function channel(): BroadcastChannel {
  opened ??= new BroadcastChannel(NAME);
  return opened;
}

function post(message: Message): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  channel().postMessage(message);
}

function listen(callback: (message: Message) => void): () => void {
  const listened = channel();
  const heard = ({ data }: MessageEvent<Message>) => callback(data);
  listened.addEventListener('message', heard);
  return () => listened.removeEventListener('message', heard);
}

/** Tells the other tabs of this browser that the session changed; each reads it again. */
export function notifyTabs(): void {
  post('changed');
}

/** Notifies the other tabs when this page is the first of a new session: after a sign-in, a server switch or a move to a new key. */
export function notifyTabsOf(sid: string): void {
  if (localStorage.getItem(NAME) === sid) return;
  localStorage.setItem(NAME, sid);
  notifyTabs();
}

/** Calls back when the session changed in another tab. Returns the unsubscribe function. */
export function onSessionChange(callback: () => void): () => void {
  return listen((message) => {
    if (message === 'changed') callback();
  });
}

/** Tells the other tabs of this actor that a change of theirs has ended. */
export function notifyTabsOfChange(actor: string): void {
  post({ changedBy: actor });
}

/** Calls back when a change of this actor ended in another tab. Returns the unsubscribe function. */
export function onChangeElsewhere(actor: string, callback: () => void): () => void {
  return listen((message) => {
    if (message !== 'changed' && message.changedBy === actor) callback();
  });
}
