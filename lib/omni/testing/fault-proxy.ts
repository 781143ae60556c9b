import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What a proxy between console and Omni does with one write. `cut-before`: the connection ends and Omni never hears of it.
 * `late`: the connection ends now, and Omni gets the request `afterMs` later, by the proxy's own clock. `resent`: Omni gets it
 * twice. All others give it to Omni once, and then answer something else than Omni did.
 */
export type ProxyFault =
  | { kind: 'cut-before' | 'cut-after' | 'resent' | 'html' | 'truncated' | 'huge' | 'slow' | 'hang' }
  | { kind: 'late'; afterMs: number }
  | { kind: 'status'; status: number; shape: 'foreign' | 'omni' };

/** Which write is hit: the `nth` (1 is the first) whose method and path fit. */
export type Hit = { method?: string; path?: RegExp; nth?: number };

type Armed = { fault: ProxyFault; hit: Hit; seen: number };
type Kept = { method: string; path: string; headers: IncomingMessage['headers']; body: Buffer };

/** A write as it reached the proxy, how often Omni got it, and what Omni answered each time. */
export type Passed = { method: string; path: string; body: string; forwarded: number; answers: number[] };

const HUGE = 50 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, ' ');
const PAGE = '<!doctype html><title>Welcome</title><h1>It works!</h1>';

/** How Omni words a refusal of its own (contract §1.2). */
const OMNI_CODE: Record<number, string> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  429: 'RATE_LIMITED',
  500: 'INTERNAL_ERROR',
};

/** A proxy on loopback before a server. Reads pass; the armed fault hits one write. Time stands still unless `advance` moves it. */
export type FaultProxy = {
  url: string;
  writes: Passed[];
  arm(fault: ProxyFault, hit?: Hit): void;
  /** Moves the proxy's clock, and waits until what came due was done by Omni. */
  advance(ms: number): Promise<void>;
  /** Forgets writes, faults and what is still to come. */
  reset(): void;
  stop(): Promise<void>;
};

/** Starts a proxy before `target` (an origin without a path). */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const writes: Passed[] = [];
  let armed: Armed | null = null;
  let now = 0;
  let due: { at: number; kept: Kept; passed: Passed }[] = [];

  const forward = async (kept: Kept, passed: Passed): Promise<Answer> => {
    passed.forwarded += 1;
    const answer = await send(target, kept);
    passed.answers.push(answer.status);
    return answer;
  };

  const take = (method: string, path: string): ProxyFault | null => {
    if (!armed) return null;
    const { hit, fault } = armed;
    if ((hit.method && hit.method !== method) || (hit.path && !hit.path.test(path))) return null;
    armed.seen += 1;
    if (armed.seen !== (hit.nth ?? 1)) return null;
    armed = null;
    return fault;
  };

  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch(() => response.destroy());
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const kept: Kept = { method, path: url, headers, body: await bodyOf(incoming) };
    if (method === 'GET') return reply(response, await send(target, kept));
    const passed: Passed = { method, path: url, body: kept.body.toString(), forwarded: 0, answers: [] };
    writes.push(passed);
    const fault = take(method, url);
    if (fault?.kind === 'cut-before') return void response.destroy();
    if (fault?.kind === 'late') {
      due.push({ at: now + fault.afterMs, kept, passed });
      return void response.destroy();
    }
    const first = await forward(kept, passed);
    const last = fault?.kind === 'resent' ? await forward(kept, passed) : first;
    return fault ? distort(response, fault, last) : reply(response, last);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    writes,
    arm: (fault, hit = {}) => {
      armed = { fault, hit, seen: 0 };
    },
    advance: async (ms) => {
      now += ms;
      const arrived = due.filter(({ at }) => at <= now);
      due = due.filter(({ at }) => at > now);
      for (const { kept, passed } of arrived) await forward(kept, passed);
    },
    reset: () => {
      writes.length = 0;
      armed = null;
      due = [];
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer };

function send(target: string, { method, path, headers, body }: Kept): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { host: _, connection: __, ...rest } = headers;
    const outgoing = httpRequest(`${target}${path}`, { method, headers: rest, agent: false }, (incoming) => {
      bodyOf(incoming).then(
        (read) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: read }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _, connection: __, ...rest } = headers;
  response.writeHead(status, { ...rest, 'content-length': body.length });
  response.end(body);
}

/** Omni has done the work; this is what the console hears of it. */
function distort(response: ServerResponse, fault: ProxyFault, answer: Answer): void {
  switch (fault.kind) {
    case 'resent':
      return reply(response, answer);
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end(PAGE);
    case 'truncated':
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length + 64 });
      return void response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
    case 'huge':
      response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': HUGE });
      return pour(response, HUGE);
    case 'slow': {
      response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': answer.body.length });
      response.write(answer.body.subarray(0, 1));
      return;
    }
    case 'status': {
      const { status, shape } = fault;
      const json = JSON.stringify({ error: { code: OMNI_CODE[status] ?? 'HTTP_ERROR', message: 'refused' } });
      response.writeHead(status, {
        'content-type': shape === 'omni' ? 'application/json' : 'text/html',
        ...(status < 400 ? { location: '/elsewhere' } : {}),
      });
      return void response.end(shape === 'omni' ? json : PAGE);
    }
    case 'hang':
      return;
    default:
      response.destroy();
  }
}

/** Writes so many bytes, as fast as they are taken; ends when the other side hangs up. */
function pour(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= CHUNK.length;
      if (!response.write(CHUNK)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}
