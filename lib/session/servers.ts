import 'server-only';
import { env } from '#lib/env.ts';
import type { OmniServer } from '#lib/omni/credential.ts';

/** The servers an operator listed (`OMNI_SERVERS`), in his order. */
export function offeredServers(): OmniServer[] {
  return env().OMNI_SERVERS;
}

/** The listed server of an id, or nothing. Servers that a person types (`OMNI_ALLOW_ANY_SERVER`) will be found here too. */
export function findServer(id: string): OmniServer | undefined {
  return offeredServers().find((server) => server.id === id);
}
