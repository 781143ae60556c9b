import 'server-only';
import { connect, createServer, type AddressInfo } from 'node:net';

/** What came over a connection: its first line, and how many bytes. */
type Heard = { line: string; bytes: number };

/** A line to a server that counts, below HTTP, what each connection sends: `url` leads through it. */
export async function countedLine(target: string): Promise<{
  url: string;
  /** Writes of which at least a byte came, and the bytes of all of them. */
  writes(): { count: number; bytes: number };
  /** Connections over which nothing came. */
  silent(): number;
  stop(): Promise<void>;
}> {
  const { hostname, port } = new URL(target);
  const heard: Heard[] = [];
  const server = createServer((near) => {
    const one: Heard = { line: '', bytes: 0 };
    heard.push(one);
    const far = connect(Number(port), hostname);
    near.on('data', (bytes) => {
      if (one.bytes === 0) [one.line = ''] = bytes.toString('latin1').split('\r\n');
      one.bytes += bytes.length;
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes() {
      const writes = heard.filter(({ line }) => /^(POST|PATCH|DELETE) /.test(line));
      return { count: writes.length, bytes: writes.reduce((total, { bytes }) => total + bytes, 0) };
    },
    silent: () => heard.filter(({ bytes }) => bytes === 0).length,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
