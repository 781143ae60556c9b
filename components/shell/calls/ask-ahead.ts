import { isAskedAhead, restOf } from './asked-ahead.ts';
import { keptPages } from './kept-pages.ts';

/** Asks the router for a whole page; `gone`: what to do once the router has given it up. */
type Ask = (address: string, gone: () => void) => void;

/** A list that scrolls passes under the pointer: nothing that it passes is rested on. */
const SCROLLS_MS = 200;

/**
 * The address that following a link shows in this tab, as the router has it: a path with its query. None for what is no page's, as
 * a file or a dialog of the page that is shown.
 */
function pageOf(target: EventTarget | null): string | null {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return null;
  if ('file' in link.dataset || 'dialog' in link.dataset || (link.hash && link.pathname === location.pathname))
    return null;
  const query = new URLSearchParams(link.search).toString();
  return query ? `${link.pathname}?${query}` : link.pathname;
}

/** Whether a press or click follows a link in this tab. */
const isPlain = (event: MouseEvent) =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/**
 * Asks for the page of a link before it is followed: when it is pressed, and after a rest on it where that costs little. The click
 * then shows what is on its way or here. An answer that is no page is none: following the link asks again. Returns the way back.
 */
export function askAhead(ask: Ask): () => void {
  const { copies } = keptPages;
  let rest: { address: string; timer: ReturnType<typeof setTimeout> } | undefined;
  let scrolledAt = -SCROLLS_MS;

  const now = (address: string) => {
    if (copies.outdated || address === location.pathname + location.search) return;
    copies.ask(address, Date.now());
    ask(address, () => copies.forget(address));
  };
  const leave = () => {
    clearTimeout(rest?.timer);
    rest = undefined;
  };
  const restOn = (target: EventTarget | null) => {
    const address = pageOf(target);
    if (address === rest?.address) return;
    leave();
    const wanted = address === null ? null : restOf(address);
    if (address === null || wanted === null || performance.now() - scrolledAt < SCROLLS_MS) return;
    const timer = setTimeout(() => copies.mayRest(wanted.calls, Date.now()) && now(address), wanted.after);
    rest = { address, timer };
  };

  const listeners = {
    pointerover: (event: PointerEvent) => event.pointerType === 'mouse' && restOn(event.target),
    focusin: ({ target }: FocusEvent) =>
      target instanceof Element && target.matches(':focus-visible') && restOn(target),
    focusout: leave,
    scroll: () => {
      scrolledAt = performance.now();
      leave();
    },
    pointerdown: (event: PointerEvent) => {
      const address = isPlain(event) ? pageOf(event.target) : null;
      if (address !== null && isAskedAhead(address)) now(address);
    },
    keydown: (event: KeyboardEvent) => {
      const address = event.key === 'Enter' ? pageOf(event.target) : null;
      if (address !== null && isAskedAhead(address)) now(address);
    },
    click: (event: MouseEvent) => {
      const address = isPlain(event) ? pageOf(event.target) : null;
      if (address !== null) keptPages.follow(address);
    },
  };
  const all = Object.entries(listeners) as [string, (event: Event) => void][];
  for (const [name, listener] of all) document.addEventListener(name, listener, { capture: true, passive: true });
  return () => {
    leave();
    for (const [name, listener] of all) document.removeEventListener(name, listener, { capture: true });
  };
}
