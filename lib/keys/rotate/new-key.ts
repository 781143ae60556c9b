import 'server-only';
import { Credential } from '#lib/omni/door/credential.ts';
import { processWide } from '#lib/process-wide.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { path } from '#lib/omni/door/path.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { type OwnCall, ownCallsOf } from '#lib/omni/cache/own-calls.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { z } from 'zod';
import { getKey } from '#lib/omni/resources/keys.ts';
import { isOwnKey, seeKey } from '#lib/omni/resources/own-key.ts';
import type { RotationRow } from './rotation-state.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import type { Store } from '#lib/store/database.ts';

/** Rotations whose page waits for a new key in this process, and the key from its creation until its page has it. */
const waiting = () => processWide('awaited-keys', () => new Map<string, Credential | null>());

/** Registers that a page waits for the key of a rotation: without that none is created, since nobody could ever read it. */
export function awaitKey(rotationId: string): void {
  waiting().set(rotationId, null);
}

/** Whether a page waits for the key of a rotation in this process. */
export function isAwaited(rotationId: string): boolean {
  return waiting().has(rotationId);
}

/** Holds a key between its creation and its check. */
export function holdKey(rotationId: string, credential: Credential): void {
  if (isAwaited(rotationId)) waiting().set(rotationId, credential);
}

/** The key a rotation created in this process, while a page waits for it. */
export function heldKey(rotationId: string): Credential | null {
  return waiting().get(rotationId) ?? null;
}

/** Forgets a rotation's key. */
export function forgetKey(rotationId: string): void {
  waiting().delete(rotationId);
}

/**
 * The outcome of checking a new key. `allowed`: a read it has permission for was answered (`taken`: none of its reads is free of
 * side effects, but Omni accepted the key). `refused`: a read it has no permission for was refused (`everything`: it can read
 * everything). `failed`: Omni didn't do as the scopes say; `unknown`: no usable answer came.
 */
export type Proof = {
  allowed: 'proved' | 'taken' | 'failed' | 'unknown';
  refused: 'proved' | 'everything' | 'failed' | 'unknown';
  /** The calls with which it was checked, by Omni's clock. */
  sent: OwnCall[];
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

/**
 * Checks a key with reads only: one it has permission for, one it hasn't (contract §1.3, §4). `ahead`: milliseconds Omni's clock is
 * ahead of this machine's.
 */
export async function prove(credential: Credential, key: Key, ahead = 0): Promise<Proof> {
  const omni = omniAs(credential, { actor: 'rotation' });
  const allowed = await allowedRead(omni, key);
  const refused = await refusedRead(omni, key);
  const taken = allowed === null && refused !== null && !refused.ok && refused.error.kind === 'forbidden';
  return {
    allowed: allowed === null ? (taken ? 'taken' : 'unknown') : allowed.ok ? 'proved' : judged(allowed.error),
    refused: refused === null ? 'everything' : refusedAs(refused),
    sent: ownCallsOf(omni.server, omni.keyRef)
      .filter(({ sid }) => sid === null)
      .map((call) => ({ ...call, from: call.from + ahead, until: call.until + ahead })),
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

/** What Omni refused has failed; anything else leaves the outcome unknown. */
function judged({ kind }: OmniError): 'failed' | 'unknown' {
  return kind === 'unauthorized' || kind === 'forbidden' ? 'failed' : 'unknown';
}

/**
 * The credential of a rotation's new key, where a session on the old one can move to it: the text is that of the new key's row,
 * and Omni accepts it. Null otherwise; nothing is changed. Scope `keys:read`.
 */
export async function credentialOfNew(omni: Omni, row: RotationRow, secret: string): Promise<Credential | null> {
  if (row.newKeyId === null) return null;
  const credential = new Credential(omni.server, secret);
  const [old, same, fresh] = await Promise.all([
    seeKey(omni, row.oldKeyId),
    isOwnKey(omni, credential, row.newKeyId),
    getKey(omni, row.newKeyId),
  ]);
  if (!old.ok || !old.value.own || !same.ok || !same.value || !fresh.ok) return null;
  const { allowed } = await prove(credential, fresh.value);
  return allowed === 'proved' || allowed === 'taken' ? credential : null;
}

/** Steps of releases before have no calls. */
const proved = z.object({
  sent: z
    .array(
      z.object({
        method: z.string(),
        path: z.string(),
        from: z.number(),
        until: z.number(),
        sid: z.null(),
        who: z.string(),
      }),
    )
    .catch([]),
});

/**
 * The calls with which the new key of a rotation was checked, by Omni's clock: from the journal, since another process of the console
 * may have sent them.
 */
export async function checksOf(db: Store, server: string, rotationId: string): Promise<OwnCall[]> {
  const reader = { server, actor: '', scopes: ['*'] };
  const filter = { subject: `rotation:${rotationId}`, operation: 'keys.create-for-rotation' };
  const [entry] = await listEntries(db, reader, filter, 1);
  const step = proved.safeParse(entry?.steps.find(({ id }) => id === 'prove')?.result);
  return step.success ? step.data.sent : [];
}
