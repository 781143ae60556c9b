import 'server-only';
import type { Env } from '#lib/env.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Store } from '#lib/store/database.ts';
import { Sealer } from '#lib/store/seal.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { UNKNOWN_CAPABILITIES } from '#lib/session/sign-in/capabilities.ts';
import { cookieName, sealSession } from '#lib/session/seal.ts';
import { createSession, type NewSession } from '#lib/session/sessions.ts';

type Wanted = Partial<NewSession> & { serverId: string; key: string; now?: number };

/**
 * A session as sign-in makes it, without asking Omni: the row is written to `db`, the cookie is the caller's to set. `env`
 * is that of the console under test (`parseEnv`). Unless told, the key is called "forged" and may do everything.
 */
export async function forgeSession(
  db: Store,
  env: Env,
  wanted: Wanted,
): Promise<{ name: string; value: string; sid: string }> {
  const { serverId, key, now = Date.now(), ...more } = wanted;
  const server = env.OMNI_SERVERS.find(({ id }) => id === serverId);
  if (!server) throw new Error(`OMNI_SERVERS has no server "${serverId}".`);
  const credential = new Credential(server, key);
  const sealer = new Sealer(env.STORE_KEYS);
  const [actor] = actorsOf(credential, sealer);
  const session: NewSession = {
    server: serverId,
    actor,
    actorKeyId: null,
    keyName: 'forged',
    yourName: null,
    scopes: ['*'],
    instances: 'all',
    capabilities: { ...UNKNOWN_CAPABILITIES, generation: 'current', agents: 'yes', profiles: 'yes' },
    ...more,
  };
  const sid = await createSession(db, session, now, sealer);
  return { name: cookieName(env, serverId), value: await sealSession({ sid, credential }, env), sid };
}
