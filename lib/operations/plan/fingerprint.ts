import 'server-only';
import { createHash } from 'node:crypto';
import { canonical } from './canonical.ts';
import type { Json } from './define.ts';

/** The hash of what a person agreed to. */
export function fingerprint(effects: Json): string {
  return createHash('sha256').update(canonical(effects)).digest('base64url');
}
