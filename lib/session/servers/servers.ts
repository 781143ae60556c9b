import 'server-only';
import { env } from '#lib/env.ts';
import { mayCall } from '#lib/omni/door/address-guard.ts';
import type { OmniServer } from '#lib/omni/door/credential.ts';

/** What the sign-in form sends instead of an id when somebody typed an address. */
export const TYPED = 'typed';

/** How a server is told from the others at a glance: one of six colours, and whether an operator called it production. */
export type ServerLook = { band: number; production: boolean };

const BANDS = 6;
const LONGEST = 200;
const TYPED_ID = /^at-([\w-]+)$/;

/** The servers an operator listed (`OMNI_SERVERS`), in his order. */
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
 * not written out as a closed one. Where its name leads is looked at as each connection is made (`lib/omni/door/address-guard.ts`).
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

/** The look of a server: colours in the order of the list, the last one for typed servers. */
export function lookOf({ id }: Pick<OmniServer, 'id'>): ServerLook {
  const place = offeredServers().findIndex((server) => server.id === id);
  return { band: place < 0 ? BANDS : (place % BANDS) + 1, production: env().OMNI_PRODUCTION.includes(id) };
}
