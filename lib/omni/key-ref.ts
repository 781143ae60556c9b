import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import type { Credential } from './credential.ts';
import { processWide } from './process-wide.ts';

/** Names a key without telling it: the same key has the same name in this process, and another one in the next. */
export function keyRef(credential: Credential): string {
  const secret = processWide('key-ref-secret', () => randomBytes(32));
  return createHmac('sha256', secret).update(credential.hash()).digest('base64url').slice(0, 22);
}
