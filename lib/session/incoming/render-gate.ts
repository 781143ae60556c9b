import 'server-only';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** How many pages are rendered at a time, how many wait, and after how long a page no longer counts; milliseconds. */
export type GateLimits = { atOnce: number; waiting: number; heldMs: number };

/** Each render holds a few megabytes, and one processor renders no more for having more of them at a time. */
const LIMITS: GateLimits = { atOnce: 16, waiting: 400, heldMs: 10_000 };

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const NO_PAGE = /^\/(?:_next|api|messages)\/|\.(?:ico|json|png|svg|txt|webmanifest)$/;

/** Whether a request has a page rendered. What changes something never waits, nor do probes and what scripts read. */
function isPage({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && !NO_PAGE.test(url.split('?', 1)[0] ?? '');
}

const gated = new WeakSet<Server>();

/**
 * Has a server render a bounded number of pages at a time: the others wait in turn, and where too many wait, one is answered 503
 * with `Retry-After`. Whoever went away while waiting is passed over. To be called as a server's request begins; a second call does
 * nothing.
 */
export function limitRenders(server: Server, limits = LIMITS): void {
  if (gated.has(server)) return;
  gated.add(server);
  const listeners = server.listeners('request') as Listener[];
  const gate = gateOf((request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  }, limits);
  server.removeAllListeners('request');
  server.on('request', gate);
}

function gateOf(serve: Listener, { atOnce, waiting, heldMs }: GateLimits): Listener {
  const queue: (() => boolean)[] = [];
  let running = 0;

  const next = () => {
    const turn = queue.shift();
    if (turn && !turn()) next();
  };
  /** False for somebody who went away. */
  const start = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (response.destroyed) return false;
    running += 1;
    const done = () => {
      response.off('finish', done).off('close', done);
      clearTimeout(timer);
      running -= 1;
      next();
    };
    // A browser that reads slowly holds nobody else up.
    const timer = setTimeout(done, heldMs).unref();
    response.on('finish', done).on('close', done);
    serve(request, response);
    return true;
  };
  return (request, response) => {
    if (!isPage(request)) return serve(request, response);
    if (running < atOnce) return void start(request, response);
    if (queue.length >= waiting) return refuse(response);
    queue.push(() => start(request, response));
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(503, {
    'retry-after': '2',
    'cache-control': 'no-store',
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'",
  });
  response.end('The console is busy. Try again in a moment.');
}
