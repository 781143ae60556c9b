import { MESSAGE_FILES } from '#lib/i18n/locales.ts';

/** How long after a read that got no answer it is asked once more, milliseconds; at once where the browser is online again. */
const RESTS_MS = [500, 1000, 2000, 4000];
/** What a proxy answers in place of a console that is not there. */
const AWAY = new Set([502, 504]);
/** So often such an answer is not believed. */
const MOST_AWAY = 8;

let waiting = 0;
const listeners = new Set<() => void>();

/** Whether something this page reads got no answer and is asked again. */
export function isLineLost(): boolean {
  return waiting > 0;
}

/** Tells when the line is lost and found. Returns the way back. */
export function onLineChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Pages and messages that get no answer are asked for until they do: the router would leave the page for the browser's own words on
 * a lost line, and with it a receipt. Reads only: whether a write that got no answer was done, nobody here can know.
 */
export function awaitLine(): void {
  const send = window.fetch;
  window.fetch = (input, init) =>
    isRead(input, init) ? answered(() => send(input, init), init?.signal) : send(input, init);
}

function isRead(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request || (init?.method ?? 'GET') !== 'GET') return false;
  const { origin, pathname } = new URL(input, location.href);
  if (origin !== location.origin) return false;
  return pathname.startsWith(`${MESSAGE_FILES}/`) || new Headers(init?.headers).get('rsc') === '1';
}

async function answered(ask: () => Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
  let tries = 0;
  try {
    for (; ; tries += 1) {
      try {
        const answer = await ask();
        if (!AWAY.has(answer.status) || tries >= MOST_AWAY) return answer;
      } catch (error) {
        // An answer that is no longer wanted fails too.
        if (!(error instanceof TypeError) || signal?.aborted) throw error;
      }
      if (tries === 0) wait(1);
      await rest(RESTS_MS[tries] ?? 5000);
    }
  } finally {
    if (tries > 0) wait(-1);
  }
}

function wait(more: 1 | -1): void {
  waiting += more;
  for (const listener of listeners) listener();
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
  });
}
