import 'server-only';
import { afterAll } from 'vitest';
import { env } from '#lib/env.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { signIn } from '#lib/session/sign-in/sign-in.ts';
import { closeStore, store } from '#lib/store/database.ts';

/** A key that no Omni knows. */
export const KEY = `omni_sk_${'Zz9'.repeat(10)}Zz`;
process.env.OMNI_SERVERS = 'Demo=http://127.0.0.1:1,Odd=http://127.0.0.1:1';
afterAll(closeStore);

/** Points a listed server at an address. */
export function serve(id: string, url: string): void {
  const server = env().OMNI_SERVERS.find((one) => one.id === id);
  if (server) server.url = url;
}

/** Signs in with a key; the session and its row. Throws with the code where it is refused. */
export const signed = async (key: string, more: Partial<Parameters<typeof signIn>[0]> = {}) => {
  const result = await signIn({ serverId: 'demo', key, yourName: null, ...more });
  if (!result.ok) throw new Error(result.error.code);
  const row = await readSessionRow(await store(), result.value.sid);
  if (!row) throw new Error('no row');
  return { ...result.value, row };
};

/** Why a key is not signed in. */
export const refused = async (key: string, serverId = 'demo') => {
  const result = await signIn({ serverId, key, yourName: null });
  return result.ok ? 'signed in' : result.error;
};
