import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import type { Credential } from '#lib/omni/door/credential.ts';
import { processWide } from '#lib/process-wide.ts';

/** Names a key without showing it: the same key has the same name in this process, and another one in the next. */
export function keyRef(credential: Credential): string {
  return keyRefOfHash(credential.hash());
}

/** The name of the key that has this SHA-256, in lower case hex: a row of Omni's can be held against a handle by it. */
export function keyRefOfHash(hash: string): string {
  const secret = processWide('key-ref-secret', () => randomBytes(32));
  return createHmac('sha256', secret).update(hash).digest('base64url').slice(0, 22);
}
