import 'server-only';
import type { Socket } from 'node:net';
import { afterEach } from 'vitest';
import { z } from 'zod';
import type { OmniCall } from '#lib/omni/door/omni.ts';
import { startRawServer, startServer, type Fixture } from './fixture-server.ts';

export const ID = 'dddddd01-0000-4000-8000-000000000001';
export const schema = z.object({ data: z.object({ id: z.string() }) });
/** A good answer to both calls. */
export const good = { data: { id: ID, keyHash: 'never' } };
export const aRead: OmniCall<z.infer<typeof schema>> = { method: 'GET', path: `/persons/${ID}`, schema };
export const aWrite: OmniCall<z.infer<typeof schema>> = {
  method: 'PATCH',
  path: `/persons/${ID}`,
  body: { displayName: 'Zé' },
  schema,
};

/** Servers that stop after the test: `serving` answers requests, `cutting` has the bare socket. Called once, at the top of a test file. */
export function fixtureServers() {
  const running: Fixture[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });
  const keep = (server: Fixture) => {
    running.push(server);
    return server;
  };
  return {
    serving: async (answer: Parameters<typeof startServer>[0]) => keep(await startServer(answer)),
    cutting: async (answer: (socket: Socket) => void) => keep(await startRawServer(answer)),
  };
}
