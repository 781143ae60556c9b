import { createServer, request } from 'node:http';

/** A counter between the console and Omni: what it saw since the last `reset`. */
export type Relay = {
  url: string;
  seen: { calls: string[]; sockets: number };
  reset: () => void;
  stop: () => Promise<void>;
};

export async function startRelay(omni: string): Promise<Relay> {
  const seen: Relay['seen'] = { calls: [], sockets: 0 };
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    seen.calls.push(`${method} ${url.replace(/\?.*/, '')}`);
    const onward = request(omni + url, { method, headers: { ...headers, host: new URL(omni).host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connection', () => (seen.sockets += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    seen,
    reset: () => {
      seen.calls = [];
      seen.sockets = 0;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
