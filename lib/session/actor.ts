import 'server-only';
import type { Credential } from '#lib/omni/door/credential.ts';
import { actorNames } from '#lib/store/actors.ts';
import { storeSealer } from '#lib/store/seal.ts';

/** Who a key stands for in the store, its newest name first; the others are those it has under older `STORE_KEYS`. */
export function actorsOf(credential: Credential, sealer = storeSealer()): [string, ...string[]] {
  return actorNames(credential.server.id, credential.hash(), sealer);
}
