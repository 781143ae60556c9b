import 'server-only';
import type { Credential } from '#lib/omni/door/credential.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { keyRefOfHash } from '#lib/omni/permits/key-ref.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { key, KEYS_LIMIT, type Key } from '#lib/omni/schemas/keys.ts';
import { data, items } from '#lib/omni/schemas/wire.ts';
import { z } from 'zod';

const ofCredential = (credential: Credential) =>
  key.extend({ keyHash: z.string() }).transform(({ keyHash, ...row }) => ({
    row,
    own: keyHash.toLowerCase() === credential.hash(),
  }));

/**
 * The row of the credential's own key, found by its hash. `not_listed`: it isn't among the 100 oldest keys, which are all
 * that Omni lists (contract §1.6). Scope `keys:read`.
 */
export async function findOwnKey(omni: Omni, credential: Credential): Promise<Result<Key | 'not_listed', OmniError>> {
  const schema = items(ofCredential(credential));
  const answer = await omni.request({ method: 'GET', path: '/keys', query: { limit: KEYS_LIMIT }, schema });
  if (!answer.ok) return answer;
  return ok(answer.value.find(({ own }) => own)?.row ?? 'not_listed');
}

/** Whether a key's row is that of the credential; works for any row, listed or not. Scope `keys:read` (contract §5). */
export async function isOwnKey(omni: Omni, credential: Credential, keyId: string): Promise<Result<boolean, OmniError>> {
  const schema = data(ofCredential(credential));
  const answer = await omni.request({ method: 'GET', path: path`/keys/${keyId}`, schema });
  return answer.ok ? ok(answer.value.own) : answer;
}

/** A key's row, and whether it is the one its reader calls with. */
export type SeenKey = { key: Key; own: boolean };

const seenBy = (omni: Omni) =>
  key.extend({ keyHash: z.string() }).transform(({ keyHash, ...row }): SeenKey => ({
    key: row,
    own: keyRefOfHash(keyHash.toLowerCase()) === omni.keyRef,
  }));

/**
 * A key's SHA-256 in lower case hex (contract §5), for the store's names of keys; never for a page. Waits `timeoutMs` at most.
 * Scope `keys:read`.
 */
export function keyHashOf(omni: Omni, id: string, timeoutMs: number): Promise<Result<string, OmniError>> {
  const hash = z.object({ keyHash: z.string() }).transform(({ keyHash }) => keyHash.toLowerCase());
  return omni.request({ method: 'GET', path: path`/keys/${id}`, schema: data(hash), timeoutMs });
}

/** The name of a key among this process's handles (`keyRef`). Scope `keys:read` (contract §5). */
export function keyRefOf(omni: Omni, id: string): Promise<Result<string, OmniError>> {
  const ref = z.object({ keyHash: z.string() }).transform(({ keyHash }) => keyRefOfHash(keyHash.toLowerCase()));
  return omni.request({ method: 'GET', path: path`/keys/${id}`, schema: data(ref) });
}

/** One key, asked anew each time, with whether it is the handle's own; works for any row, listed or not. Scope `keys:read`. */
export function seeKey(omni: Omni, id: string, signal?: AbortSignal): Promise<Result<SeenKey, OmniError>> {
  return omni.request({ method: 'GET', path: path`/keys/${id}`, schema: data(seenBy(omni)), signal });
}

/** The oldest keys, `KEYS_LIMIT` at most, asked anew each time; which of them is the handle's own. Scope `keys:read`. */
export function seeKeys(
  omni: Omni,
  query: { status?: 'active' | 'revoked' } = {},
  signal?: AbortSignal,
): Promise<Result<SeenKey[], OmniError>> {
  return omni.request({
    method: 'GET',
    path: '/keys',
    query: { ...query, limit: KEYS_LIMIT },
    schema: items(seenBy(omni)),
    signal,
  });
}
