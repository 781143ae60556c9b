import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RoundRobin = Awaited<ReturnType<typeof roundRobin>>;

/** Of these a proxy may ask another one again; anything else only while nobody was reached. */
const SAFE = new Set(['GET', 'HEAD']);

/**
 * A plain proxy on loopback: each request goes to the next port of `ports`, whoever asks; one that is gone is passed over.
 * `passed` says what went where.
 */
export async function roundRobin() {
  const agent = new Agent({ keepAlive: true });
  const passed: { port: number; method: string; path: string }[] = [];
  let ports: readonly number[] = [];
  let turn = 0;

  /** `left`: whom to ask, one after the other. */
  function pass(request: IncomingMessage, body: Buffer, response: ServerResponse, left: readonly number[]): void {
    const [port = 0, ...others] = left;
    const { method = 'GET', url: path = '/', headers } = request;
    const forwarded = {
      'x-forwarded-for': request.socket.remoteAddress,
      'x-forwarded-host': headers.host,
      'x-forwarded-proto': 'http',
    };
    const ahead = ask({ port, host: '127.0.0.1', method, path, headers: { ...headers, ...forwarded }, agent });
    ahead.on('response', (answer) => {
      passed.push({ port, method, path });
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.on('error', () => response.destroy()).pipe(response);
    });
    ahead.on('error', (error: NodeJS.ErrnoException) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else if (others.length > 0 && (SAFE.has(method) || error.code === 'ECONNREFUSED'))
        pass(request, body, response, others);
      else response.writeHead(502).end();
    });
    response.on('close', () => ahead.destroy());
    ahead.end(body);
  }

  const server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(Buffer.from(chunk as Uint8Array));
    const first = (turn += 1) % ports.length;
    pass(request, Buffer.concat(body), response, [...ports.slice(first), ...ports.slice(0, first)]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    passed,
    /** Spreads requests over these from now on. */
    over: (...all: readonly number[]) => void (ports = all),
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
