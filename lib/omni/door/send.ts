import 'server-only';
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { guardedLookup, mayCall } from './address-guard.ts';
import type { UnreachableCause } from './errors.ts';
import { networkCause } from './network-cause.ts';
import { processWide } from '#lib/process-wide.ts';
import { readBody, type AnswerBody } from './read-body.ts';

export type Outgoing = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Takes a connection of its own, so that one closed while idle can't be mistaken for a write without an answer. */
  fresh: boolean;
  /** Asked once the connection stands, right before the first byte; `false` ends the call unsent. Only of calls that are `fresh`. */
  mayStillSend: (() => boolean) | undefined;
  /** A person typed this address; see `address-guard.ts`. */
  guarded: boolean;
  /** Ends the call, headers or body, when its time is up. */
  deadline: AbortSignal;
  signal: AbortSignal | undefined;
};

/** What became of one request. `left`: at least a byte of it may have reached the other side. */
export type SentExchange =
  | { kind: 'answered'; status: number; headers: IncomingHttpHeaders; body: AnswerBody }
  | { kind: 'too_large'; status: number; headers: IncomingHttpHeaders }
  | { kind: 'failed'; cause: UnreachableCause; left: boolean };

/** `held_back`: `mayStillSend` said no, and not a byte left. */
type Exchange = SentExchange | { kind: 'held_back' };

const pool = { keepAlive: true, maxSockets: 64, maxFreeSockets: 16, scheduling: 'lifo' } as const;
/** Typed addresses have connections of their own: Node's pool knows a host by its name, not by how it was looked up. */
const agents = () =>
  processWide('agents', () => ({
    http: new HttpAgent(pool),
    https: new HttpsAgent(pool),
    guarded: new HttpsAgent({ ...pool, lookup: guardedLookup }),
  }));

/** Sends one request once. Follows no redirect, never throws. */
export function send(outgoing: Outgoing): Promise<Exchange> {
  const { url, method, headers, body, deadline, signal } = outgoing;
  if (outgoing.guarded && !mayCall(url)) return Promise.resolve({ kind: 'failed', cause: 'blocked', left: false });
  const secure = url.protocol === 'https:';
  return new Promise((resolve) => {
    let left = false;
    const fail = (error: unknown) => {
      const cause = signal?.aborted ? 'aborted' : deadline.aborted ? 'timeout' : networkCause(error);
      resolve({ kind: 'failed', cause, left });
    };
    const request = (secure ? httpsRequest : httpRequest)(
      url,
      {
        method,
        headers,
        agent: outgoing.fresh ? false : agents()[outgoing.guarded ? 'guarded' : secure ? 'https' : 'http'],
        signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
        ...(outgoing.guarded && { lookup: guardedLookup }),
      },
      (incoming) => {
        const status = incoming.statusCode ?? 0;
        const answered = { status, headers: incoming.headers };
        readBody(incoming).then(
          (read) =>
            resolve(
              read === undefined ? { kind: 'too_large', ...answered } : { kind: 'answered', ...answered, body: read },
            ),
          fail,
        );
      },
    );
    request.on('error', fail);
    request.on('socket', (socket) => {
      const connected = () => {
        if (outgoing.fresh && outgoing.mayStillSend?.() === false) {
          resolve({ kind: 'held_back' });
          request.destroy();
          return;
        }
        left = true;
        if (outgoing.fresh) request.end(body);
      };
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
      else connected();
    });
    // A write's first byte waits for `connected`: given to Node now, it would leave by itself as soon as the connection stands.
    if (!outgoing.fresh) request.end(body);
  });
}
