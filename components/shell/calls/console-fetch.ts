/** What the page does when a request says that its session has ended; `SessionWatch` sets it. */
let onSignedOut: (() => void) | undefined;

/** Asks `callback` whenever a lookup or poll is answered that the session has ended. Returns the unsubscribe function. */
export function onSessionEnd(callback: () => void): () => void {
  onSignedOut = callback;
  return () => {
    if (onSignedOut === callback) onSignedOut = undefined;
  };
}

/**
 * Reads a route of the console; every lookup and poll of a page goes through here. Where the session has ended, the page leads to
 * the sign-in and back: in place where `SessionWatch` can cover the page, so that nothing on it is lost, else by the sign-in page.
 * The answer is returned as it is.
 */
export async function consoleFetch(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.status === 401 && !(await isStoreDown(response.clone()))) handleSignedOut();
  return response;
}

/** Whether the console only can't tell now who asks: its own database is away, and the session may be as good as before. */
async function isStoreDown(response: Response): Promise<boolean> {
  const body = (await response.json().catch(() => null)) as { problem?: unknown } | null;
  return body?.problem === 'store_down';
}

function handleSignedOut(): void {
  if (onSignedOut) onSignedOut();
  else location.assign(`/login?${new URLSearchParams({ next: location.pathname + location.search })}`);
}
