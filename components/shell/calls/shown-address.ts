export type Shown = { router: string; address: string };

/** The address that is shown instead of the one the router would write. */
let shown: Shown | undefined;
const listeners = new Set<() => void>();

const whole = (address: string | URL) => new URL(address, location.href).href;

/**
 * Shows an address of this page that the router does not hear of: it goes on with what it is doing, and reads the page by its own
 * address. Told of it (`replaceAddress`), it would forget a reading that is under way, and find that the next one does not fit; after
 * two such it loads the whole document.
 */
export function showAddress(address: string): void {
  const [now, wanted] = [location.href, whole(address)];
  const router = shown?.address === now ? shown.router : now;
  show(router === wanted ? undefined : { router, address: wanted });
  History.prototype.replaceState.call(history, history.state, '', address);
}

/** The router's own address is shown again. */
export function showRoutersAddress(): void {
  show(undefined);
}

/** What is shown instead of the router's address. */
export function shownAddress(): Shown | undefined {
  return shown;
}

/** Tells of another shown address. Returns the way back. */
export function onShownAddress(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function show(next: Shown | undefined): void {
  if (shown === next) return;
  shown = next;
  // Told later: the router writes addresses while React takes no changes.
  queueMicrotask(() => listeners.forEach((listener) => listener()));
}

/** Keeps a shown address where the router writes its own once more. Called once, before the router starts. */
export function keepShownAddress(): void {
  const [replace, push] = [history.replaceState.bind(history), history.pushState.bind(history)];
  history.replaceState = (state: unknown, title: string, address?: string | URL | null) => {
    if (address && shown?.router === whole(address)) return replace(state, title, shown.address);
    if (address) showRoutersAddress();
    return replace(state, title, address);
  };
  history.pushState = (state: unknown, title: string, address?: string | URL | null) => {
    showRoutersAddress();
    return push(state, title, address);
  };
}
