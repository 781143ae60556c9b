import 'server-only';
import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * How many pages are begun at a time, and after how many milliseconds without a first byte one gives its turn on; how many are open
 * (begun, and not yet sent in full), and after how many milliseconds one stops counting as open; how many wait for a turn.
 */
export type GateLimits = { turns: number; turnMs: number; open: number; openMs: number; waiting: number };

/** One processor begins no more pages for having more of them at a time. An open page that waits for Omni holds about 0.9 MB. */
const LIMITS: GateLimits = { turns: 4, turnMs: 300, open: 128, openMs: 10_000, waiting: 400 };

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const NO_PAGE = /^\/(?:_next|api|messages)\/|\.(?:ico|json|png|svg|txt|webmanifest)$/;

/** Whether a request has a page rendered. What changes something never waits, nor do probes and what scripts read. */
function isPage({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && !NO_PAGE.test(url.split('?', 1)[0] ?? '');
}

const gated = new WeakSet<Server>();

/**
 * Has a server render a bounded number of pages at a time: the others wait in turn, and where too many wait, one is answered 503
 * with `Retry-After`. A page gives its turn to the next one with its first byte, so that those which wait for a slow Omni hold
 * nobody up. Whoever went away while waiting is passed over. To be called as a server's request begins; a second call does nothing.
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

function gateOf(serve: Listener, limits: GateLimits): Listener {
  const queue: (() => void)[] = [];
  let turns = 0;
  let open = 0;

  const hasRoom = () => turns < limits.turns && open < limits.open;
  const next = () => {
    while (hasRoom()) {
      const turn = queue.shift();
      if (!turn) return;
      turn();
    }
  };
  const start = (request: IncomingMessage, response: ServerResponse) => {
    if (response.destroyed) return;
    turns += 1;
    open += 1;
    const passTurn = once(() => {
      clearTimeout(turn);
      turns -= 1;
      // The first byte is on its way before the next page takes the processor.
      setImmediate(next);
    });
    const leave = once(() => {
      clearTimeout(stay);
      open -= 1;
      passTurn();
      setImmediate(next);
    });
    // An Omni that hangs, or a browser that reads slowly, holds nobody else up.
    const turn = setTimeout(passTurn, limits.turnMs).unref();
    const stay = setTimeout(leave, limits.openMs).unref();
    response.on('finish', leave).on('close', leave);
    beforeHead(response, passTurn);
    serve(request, response);
  };
  return (request, response) => {
    if (!isPage(request)) return serve(request, response);
    if (queue.length === 0 && hasRoom()) return start(request, response);
    if (queue.length >= limits.waiting) return refuse(response);
    // Bound to its own request: it would be begun as a part of whatever page gave its turn on.
    queue.push(AsyncResource.bind(() => start(request, response)));
  };
}

function once(call: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    call();
  };
}

/** Calls back as a response's head is written, which Node does by this method also where nobody calls it. */
function beforeHead(response: ServerResponse, then: () => void): void {
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self, given) {
      then();
      return Reflect.apply(writeHead, self, given);
    },
  });
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
