import 'server-only';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Credential } from '#lib/omni/door/credential.ts';

/** One request that a test's server on 127.0.0.1 received. */
export type ReceivedRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
export type Fixture = {
  port: number;
  url: string;
  heard: ReceivedRequest[];
  connections: () => number;
  stop: () => Promise<void>;
};

/** A server that answers by `answer`. `count` is 1 for the first request. */
export async function startServer(
  answer: (response: ServerResponse, heard: ReceivedRequest, count: number) => void,
): Promise<Fixture> {
  const heard: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url = '', headers } = request;
    const one = { method, path: url, headers, body };
    heard.push(one);
    answer(response, one, heard.length);
  });
  return listening(server, heard, () => server.closeAllConnections());
}

/** A server below HTTP: gets the socket once a whole request came, and may do anything to it. */
export async function startRawServer(answer: (socket: Socket) => void): Promise<Fixture> {
  const heard: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('utf8');
      const [head = '', body] = text.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || Buffer.byteLength(body) < length) return;
      const [method = '', path = ''] = head.split(' ');
      text = '';
      heard.push({ method, path, headers: {}, body });
      answer(socket);
    });
  });
  return listening(server, heard, () => {
    for (const socket of sockets) socket.destroy();
  });
}

async function listening(server: Server, heard: ReceivedRequest[], cut: () => void): Promise<Fixture> {
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    heard,
    connections: () => connections,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}

/** Answers JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  json: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
}

export const TEST_KEY = 'omni_sk_0123456789abcdefABCDEF0123456789';

/** A credential for a server at `url`. */
export function credentialFor(url: string, key = TEST_KEY): Credential {
  return new Credential({ id: 'test', name: 'Test', url }, key);
}
