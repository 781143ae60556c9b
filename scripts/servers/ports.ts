import { createServer } from 'node:net';

/** Listens once on 127.0.0.1 and answers with the port that was given, or nothing when it is taken. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (!port) throw new Error('No free port on 127.0.0.1.');
  return port;
}

/** The wanted port, or the next free one above it, or any. */
export async function pickPort(wanted: number): Promise<number> {
  for (let port = wanted; port < Math.min(wanted + 20, 65_536); port++) {
    if (await tryPort(port)) return port;
  }
  return freePort();
}
