import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { createWorld, type WorldOptions } from '../world/create-world.ts';
import { prepareWorld } from '../world/large-world.ts';
import { DEMO_SECRETS } from '../resources/keys/keys-demo.ts';
import type { World } from '../world/world.ts';

export type Sandbox = {
  url: string;
  port: number;
  keys: { admin: string; support: string; viewer: string; [name: string]: string };
  stop(): Promise<void>;
};

/** `port` 0 takes any free one; `host` is where it listens, 127.0.0.1 unless told. */
export type SandboxOptions = WorldOptions & { port?: number; host?: string };

/** Starts an Omni of its own on this machine. Rejects with `EADDRINUSE` if the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const prepared = await prepareWorld(options);
  const world = createWorld(prepared.options);
  const app = createApp(world);
  const server = serve({ fetch: app.fetch, port: options.port ?? 0, hostname: options.host ?? '127.0.0.1' }) as Server;
  const leave = () => {
    world.store.close();
    prepared.discard();
  };
  // Node's 5 s end where a busy test sends its next call: that call would fail for no fault of anybody's.
  server.keepAliveTimeout = 120_000;
  countConnections(server, world);
  try {
    await listening(server);
  } catch (error) {
    leave();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    keys: DEMO_SECRETS,
    stop: async () => {
      await close(server);
      leave();
    },
  };
}

function countConnections(server: Server, { connections }: World): void {
  server.on('connection', (socket) => {
    connections.total += 1;
    connections.open += 1;
    connections.most = Math.max(connections.most, connections.open);
    socket.once('close', () => {
      connections.open -= 1;
    });
  });
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    if (server.listening) resolve();
    server.once('listening', resolve);
    server.once('error', reject);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
