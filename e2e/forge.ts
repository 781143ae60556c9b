import { parseEnv } from '#lib/env.ts';
import { Credential } from '#lib/omni/credential.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { cookieName } from '#lib/session/seal.ts';
import { forgeSession } from '#lib/session/testing/forge-session.ts';
import { Sealer } from '#lib/store/seal.ts';
import { openStore, type Store, type StorePlace } from '#lib/store/database.ts';
import { DEMO_KEYS, type DemoKey } from '../sandbox/keys-demo.ts';
import type { RunningConsole } from '../scripts/console.ts';

export type ForgedCookie = { name: string; value: string; url: string; httpOnly: true; sameSite: 'Lax' };

/** `env` is what the console that made the session had set differently; `now` is when it was made. */
export type Wanted = {
  key: string;
  server: string;
  env?: Record<string, string>;
  now?: number;
  yourName?: string;
  /** What a key of the test's own may do. */
  scopes?: string[];
};

const stores = new Map<string, Promise<Store>>();

/** The console's store, opened a second time by this worker. */
export function storeOf({
  DATABASE_URL: url,
  STORE_FILE: file,
}: {
  DATABASE_URL?: string;
  STORE_FILE?: string;
}): Promise<Store> {
  const place: StorePlace = url ? { url } : { file: file ?? '' };
  const name = url ?? file ?? '';
  const open = stores.get(name) ?? openStore(place);
  stores.set(name, open);
  return open;
}

export async function closeStores(): Promise<void> {
  for (const open of stores.values()) await (await open).destroy();
  stores.clear();
}

/** The cookies and the session row of a sign-in, without the clicks: the session's own and the one that names its server. */
export async function forgeCookies(web: RunningConsole, wanted: Wanted): Promise<[ForgedCookie, ForgedCookie]> {
  const env = parseEnv({ ...web.env, ...wanted.env });
  const server = env.OMNI_SERVERS.find(({ name }) => name === wanted.server);
  if (!server) throw new Error(`The console offers no server "${wanted.server}".`);
  const known: DemoKey | undefined = Object.values<DemoKey>(DEMO_KEYS).find(({ secret }) => secret === wanted.key);
  const { name, value } = await forgeSession(await storeOf(web.env), env, {
    serverId: server.id,
    key: wanted.key,
    keyName: known?.name ?? 'forged',
    scopes: wanted.scopes ?? (known ? [...known.scopes] : ['*']),
    ...(wanted.now === undefined ? {} : { now: wanted.now }),
    yourName: wanted.yourName ?? null,
  });
  const shared = { url: web.origin, httpOnly: true, sameSite: 'Lax' } as const;
  return [
    { name, value, ...shared },
    { name: cookieName(env), value: server.id, ...shared },
  ];
}

/** What a page says that was made for a key: whose it is (`lib/session/page-mark.ts`). */
export function markOf(web: RunningConsole, wanted: Pick<Wanted, 'key' | 'server'>): string {
  const { OMNI_SERVERS, STORE_KEYS } = parseEnv(web.env);
  const server = OMNI_SERVERS.find(({ name }) => name === wanted.server);
  if (!server) throw new Error(`The console offers no server "${wanted.server}".`);
  return actorsOf(new Credential(server, wanted.key), new Sealer(STORE_KEYS))[0];
}

/** Makes a session older than it is: when it began, was last used and its key was last typed, in milliseconds ago. */
export async function ageSession(
  web: RunningConsole,
  sid: string,
  { created, seen, proof }: { created?: number; seen?: number; proof?: number },
): Promise<void> {
  const db = await storeOf(web.env);
  const now = Date.now();
  await db
    .updateTable('sessions')
    .set({
      ...(created === undefined ? {} : { created_at: now - created }),
      ...(seen === undefined ? {} : { last_seen_at: now - seen }),
      ...(proof === undefined ? {} : { last_proof_at: now - proof }),
    })
    .where('id', '=', sid)
    .execute();
}
