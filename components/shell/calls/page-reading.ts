import { showRoutersAddress } from './shown-address.ts';

/** After so long a page that was asked for no longer counts as coming, milliseconds: a redirect may have led back to this one. */
const COMES_MS = 30_000;

let read: (() => void) | undefined;
let reading = false;
let coming: { href: string; since: number } | undefined;
/** Where the address goes once the page was read. */
let following: string | URL | undefined;

/** How this tab reads its page again; the shell says it. Returns the way back. */
export function readBy(refresh: () => void): () => void {
  read = refresh;
  return () => void (read = undefined);
}

/** The page is read again: it is older than a change. */
export function readPageAgain(): void {
  reading = true;
  read?.();
}

/** The page that was read again is shown. */
export function pageIsRead(): void {
  reading = false;
  if (following !== undefined) followAddress(following);
}

/** The router gives up its copies of pages; another page is about to be shown, so this one need not be read to its end. */
export function dropRouterCopies(): void {
  read?.();
}

/** The router has begun to go to `address`. */
export function pageComes(address: string, now = Date.now()): void {
  following = undefined;
  coming = { href: new URL(address, location.href).href, since: now };
}

/** Another page is shown. */
export function pageCame(): void {
  coming = undefined;
  following = undefined;
}

/**
 * Changes the address of this page by hand. The router then forgets what it was doing, so a page that was being read again, after a
 * change, is read once more.
 */
export function replaceAddress(address: string | URL): void {
  showRoutersAddress();
  history.replaceState(null, '', address);
  coming = undefined;
  following = undefined;
  if (reading) readPageAgain();
}

/**
 * The address follows what somebody types or picks. Where another page is on its way it stays, or the click would be lost; where this one
 * is being read again it follows afterwards: told of two addresses meanwhile, the router loads the whole document, under the typing hand.
 */
export function followAddress(address: string | URL, now = Date.now()): void {
  following = undefined;
  if (reading) {
    following = address;
    return;
  }
  const leaves = coming !== undefined && coming.href !== location.href && now - coming.since < COMES_MS;
  if (!leaves) replaceAddress(address);
}
