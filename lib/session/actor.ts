import 'server-only';
import type { Credential } from '#lib/omni/credential.ts';
import { storeSealer } from '#lib/store/seal.ts';

/**
 * Who a key stands for in the store: its server and a keyed hash, so that the store tells no key. The newest name first;
 * the others are those it has under older `STORE_KEYS`.
 */
export function actorsOf(credential: Credential, sealer = storeSealer()): [string, ...string[]] {
  const { id } = credential.server;
  const [newest, ...older] = sealer.hashes('actor', `${id}/${credential.hash()}`);
  return [`${id}/${newest}`, ...older.map((hash) => `${id}/${hash}`)];
}
