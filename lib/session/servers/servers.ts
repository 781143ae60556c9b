import 'server-only';
import { env } from '#lib/env.ts';
import { mayCall } from '#lib/omni/door/address-guard.ts';
import type { OmniServer } from '#lib/omni/door/credential.ts';

/** The server id that the sign-in form sends when an address was typed. */
export const TYPED = 'typed';

/** The appearance of a server: one of six colours, and whether the operator marked it as production. */
export type ServerAppearance = { band: number; production: boolean };

const BANDS = 6;
const LONGEST = 200;
const TYPED_ID = /^at-([\w-]+)$/;

/** The servers of `OMNI_SERVERS`, in their order. */
export function offeredServers(): OmniServer[] {
  return env().OMNI_SERVERS;
}

/** The listed server of an id, or the typed one it spells out where those are allowed; else nothing. */
export function findServer(id: string): OmniServer | undefined {
  const listed = offeredServers().find((server) => server.id === id);
  if (listed) return listed;
  const [, spelled] = TYPED_ID.exec(id) ?? [];
  if (spelled === undefined) return undefined;
  const server = typedServer(Buffer.from(spelled, 'base64url').toString('utf8'));
  return server?.id === id ? server : undefined;
}

/**
 * The server at an address somebody typed; nothing unless `OMNI_ALLOW_ANY_SERVER` is on and it is an https address that is
 * not a private one by its own text. What its name resolves to is checked at each connection (`lib/omni/door/address-guard.ts`).
 * A listed server's address is that server.
 */
export function typedServer(text: string): OmniServer | undefined {
  if (!env().OMNI_ALLOW_ANY_SERVER || text.length > LONGEST) return undefined;
  const url = URL.parse(/^[a-z][a-z+.-]*:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`);
  if (!url || url.username || url.password || url.search || url.hash) return undefined;
  const address = url.origin + url.pathname.replace(/\/api\/v2\/?$/, '').replace(/\/+$/, '');
  const listed = offeredServers().find((server) => server.url === address);
  if (listed || !mayCall(url)) return listed;
  return { id: `at-${Buffer.from(address).toString('base64url')}`, name: url.host, url: address, typed: true };
}

/** The appearance of a server: colours in the order of the list, the last one for typed servers. */
export function appearanceOf({ id }: Pick<OmniServer, 'id'>): ServerAppearance {
  const index = offeredServers().findIndex((server) => server.id === id);
  return { band: index < 0 ? BANDS : (index % BANDS) + 1, production: env().OMNI_PRODUCTION.includes(id) };
}
