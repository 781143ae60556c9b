import 'server-only';
import { validateKey } from '#lib/omni/resources/auth.ts';
import type { Credential } from '#lib/omni/door/credential.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { path } from '#lib/omni/door/path.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { z } from 'zod';

/**
 * How a new key did. `allowed`: a read it may make was answered (`taken`: none it may make is without a side effect, but
 * Omni took the key). `refused`: one it may not make was refused (`everything`: it may read all there is). `failed`: it
 * did not do as its scopes say; `unseen`: no usable answer came.
 */
export type Proof = {
  allowed: 'proved' | 'taken' | 'failed' | 'unseen';
  refused: 'proved' | 'everything' | 'failed' | 'unseen';
};

/** Reads without a side effect, those that need no target first. `/keys` comes first for refusals: every Omni guards it. */
const READS = [
  ['keys:read', '/keys'],
  ['persons:read', '/persons'],
  ['instances:read', '/instances'],
  ['chats:read', '/chats'],
  ['agents:read', '/agents'],
  ['providers:read', '/providers'],
  ['automations:read', '/automations'],
  ['access:read', '/access/rules'],
] as const;

/** Proves a key with reads only: one it may make, one it may not (contract §1.3, §4). */
export async function prove(credential: Credential, key: Key): Promise<Proof> {
  const omni = omniAs(credential, { actor: 'rotation' });
  const may = await allowedRead(omni, key);
  const mayNot = await refusedRead(omni, key);
  const taken = may === null && mayNot !== null && !mayNot.ok && mayNot.error.kind === 'forbidden';
  return {
    allowed: may === null ? (taken ? 'taken' : 'unseen') : may.ok ? 'proved' : judged(may.error),
    refused: mayNot === null ? 'everything' : refusedAs(mayNot),
  };
}

function allowedRead(omni: Omni, key: Key): Promise<Result<unknown, OmniError>> | null {
  const [instance] = key.instanceAllowlist;
  if (instance !== undefined) {
    if (allows(key.scopes, 'instances:read') !== 'yes') return null;
    return omni.request({ method: 'GET', path: path`/instances/${instance}`, schema: z.unknown() });
  }
  if (key.chatAllowlist.length + key.outboundRecipientAllowlist.length > 0) return null;
  if (allows(key.scopes, 'auth:validate') === 'yes') return validateKey(omni);
  const [, read] = READS.find(([scope]) => allows(key.scopes, scope) === 'yes') ?? [];
  return read === undefined ? null : ask(omni, read);
}

function refusedRead(omni: Omni, key: Key): Promise<Result<unknown, OmniError>> | null {
  const [, read] = READS.find(([scope]) => allows(key.scopes, scope) === 'no') ?? [];
  return read === undefined ? null : ask(omni, read);
}

function ask(omni: Omni, read: (typeof READS)[number][1]): Promise<Result<unknown, OmniError>> {
  return omni.request({ method: 'GET', path: read, query: { limit: 1 }, schema: z.unknown() });
}

function refusedAs(answer: Result<unknown, OmniError>): Proof['refused'] {
  if (answer.ok) return 'failed';
  return answer.error.kind === 'forbidden' ? 'proved' : judged(answer.error);
}

/** What Omni said no to failed; what it did not get to say is unseen. */
function judged({ kind }: OmniError): 'failed' | 'unseen' {
  return kind === 'unauthorized' || kind === 'forbidden' ? 'failed' : 'unseen';
}
