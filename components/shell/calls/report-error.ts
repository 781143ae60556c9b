import { whenLeaving } from '#components/shell/drafts/leave-guard.ts';

/** Reports a page sends at most, until it is loaded again. */
const MOST = 5;

/** How long a page counts as being left, milliseconds: whoever was asked whether to leave may have stayed. */
const LEAVING_MS = 10_000;

/** A frame of our own scripts in a stack: "…/_next/static/chunks/0a1b.js?dpl=…:1:2345". */
const FRAME = /\/_next\/static\/(?:chunks\/)?([\w.~-]+\.js)(?:\?[^:\s]*)?:(\d+):(\d+)/;

type Kind = 'boundary' | 'error' | 'rejection';

const sent = new Set<string>();
let leftAt = Number.NEGATIVE_INFINITY;

/**
 * Tells the console's own log that something failed in this page: what kind of error and where in which script. Never its message,
 * which may quote what is on the page. Each place once, five at most. What breaks off because the page is left has not failed.
 */
export function reportError(kind: Kind, error: unknown): void {
  if (performance.now() - leftAt < LEAVING_MS) return;
  const { name, digest, stack } = partsOf(error);
  const [, script, line, column] = FRAME.exec(stack) ?? [];
  const place = script ? { script, line: Number(line), column: Number(column) } : {};
  const report = JSON.stringify({
    kind,
    name,
    path: location.pathname,
    build: buildOf(),
    ...(digest ? { digest } : {}),
    ...place,
  });
  if (sent.has(report) || sent.size >= MOST) return;
  sent.add(report);
  navigator.sendBeacon('/api/browser-errors', new Blob([report], { type: 'application/json' }));
}

/** Reports what no code of the page has caught. */
export function reportUncaught(): void {
  whenLeaving(() => (leftAt = performance.now()));
  window.addEventListener('error', ({ error }) => error && reportError('error', error));
  window.addEventListener('unhandledrejection', ({ reason }) => reportError('rejection', reason));
}

function partsOf(error: unknown): { name: string; digest: string; stack: string } {
  const { digest } = Object(error) as { digest?: unknown };
  const known =
    error instanceof Error ? { name: error.name, stack: error.stack ?? '' } : { name: 'unknown', stack: '' };
  return { ...known, digest: typeof digest === 'string' ? digest : '' };
}

/** The build that this page's scripts are of, as Next adds it to their addresses. */
function buildOf(): string {
  const script = document.querySelector<HTMLScriptElement>('script[src*="/_next/static/"]');
  return new URL(script?.src ?? location.href, location.href).searchParams.get('dpl') ?? '';
}
