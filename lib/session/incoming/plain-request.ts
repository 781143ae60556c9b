import 'server-only';
import { plainHost } from './plain-host.ts';
import { REFUSED_METHOD } from '#lib/session/request/request-rules.ts';
import { isRouterState } from './router-state.ts';
import { plainTarget } from './request-target.ts';
import { isTrustedProxy } from '#lib/session/request/trusted-proxies.ts';

/** What is made plain of Node's `IncomingMessage`. */
type IncomingRequest = {
  method?: string | undefined;
  url?: string | undefined;
  headers: {
    [name: string]: string | string[] | undefined;
    host?: string | undefined;
    'x-forwarded-for'?: string | string[] | undefined;
  };
  socket: { remoteAddress?: string | undefined };
};

/**
 * Makes a request plain before Next reads it: its target, the host it asks for, the forwarded headers, and what Next answers 500 to: a
 * method, a target, a router's state. `origin`: the console's own; a host that means it is spelt as it is spelt there, as Next's own check of actions
 * compares letters. `trusted`: the reverse proxies.
 */
export function makePlain(request: IncomingRequest, origin: string, trusted: readonly string[]): void {
  delete request.headers[REFUSED_METHOD];
  takePlainTarget(request);
  noteFromHere(request);
  believeOnlyTrustedProxies(request, trusted);
  takePlainHosts(request, new URL(origin));
  if (request.method === 'TRACE') refuseMethod(request);
  dropStrangeState(request);
}

/** Says whether the other end of the socket is this machine, and no proxy passed the request on; from outside it is replaced. */
export const FROM_HERE = 'x-console-from-here';

const LOOPBACK = /^(::ffff:)?127(\.\d+){3}$|^::1$/i;
const FORWARDED = [
  'forwarded',
  'via',
  'x-real-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
] as const;

function noteFromHere({ headers, socket }: IncomingRequest): void {
  const forwarded = FORWARDED.some((name) => headers[name] !== undefined);
  headers[FROM_HERE] = !forwarded && LOOPBACK.test(socket.remoteAddress ?? '') ? '1' : '0';
}

function takePlainTarget(request: IncomingRequest): void {
  const { url, host } = plainTarget(request.url ?? '/');
  request.url = url;
  if (!url.startsWith('/')) refuseMethod(request);
  if (host !== undefined) request.headers.host = host;
}

/** Forwarded headers of untrusted peers are replaced by the peer's address, since App Router gives no access to the socket. */
function believeOnlyTrustedProxies(request: IncomingRequest, trusted: readonly string[]): void {
  const peer = request.socket.remoteAddress ?? '';
  if (isTrustedProxy(peer, trusted)) return;
  delete request.headers['x-forwarded-host'];
  delete request.headers['x-forwarded-proto'];
  delete request.headers['x-forwarded-port'];
  delete request.headers.forwarded;
  delete request.headers['x-real-ip'];
  request.headers['x-forwarded-for'] = peer.replace(/^::ffff:/, '');
}

function takePlainHosts({ headers }: IncomingRequest, { host, protocol }: URL): void {
  for (const name of ['host', 'x-forwarded-host'] as const) {
    const asked = headers[name];
    if (typeof asked === 'string' && plainHost(asked, protocol) === host) headers[name] = host;
  }
}

/**
 * A request with TRACE cannot be constructed (fetch standard, "forbidden method"), and a target that is no path (`OPTIONS *`) is no
 * address. CONNECT never gets here.
 */
function refuseMethod(request: IncomingRequest): void {
  request.headers[REFUSED_METHOD] = request.method;
  request.method = 'GET';
  request.url = '/';
}

/** The router's state says which parts a browser has; without one, Next answers all of them. */
function dropStrangeState({ headers }: IncomingRequest): void {
  const state = headers['next-router-state-tree'];
  if (typeof state === 'string' && !isRouterState(state)) delete headers['next-router-state-tree'];
}
