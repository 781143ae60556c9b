import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { guardKey } from '#lib/omni/permits/key-guard.ts';
import { permitKeyChange } from '#lib/omni/permits/key-permit.ts';
import type { KeyChange } from '#lib/omni/permits/key-rules.ts';
import { checkedBody } from '#lib/omni/door/local-error.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import { err, type Result } from '#lib/omni/result.ts';
import {
  deletedAnswer,
  keyAnswer,
  keyAuditPage,
  keyBody,
  keyList,
  keyPatch,
  KEYS_LIMIT,
  newKeyAnswer,
  revokeBody,
  type Key,
  type KeyAuditPage,
  type KeyBody,
  type KeyPatch,
  type NewKey,
  type RevokeBody,
} from '#lib/omni/schemas/keys.ts';
import { write } from './write.ts';

type Answer<T> = Promise<Result<T, OmniError>>;

/** Keys, oldest first. Scope `keys:read`. `active` holds expired ones too; Omni never sets `expired` (contract §5). */
export function listKeys(omni: Omni, query: { status?: 'active' | 'revoked' } = {}): Answer<Key[]> {
  return read(omni, { path: '/keys', query: { ...query, limit: KEYS_LIMIT }, schema: keyList });
}

/** One key. Scope `keys:read` (contract §5). */
export function getKey(omni: Omni, id: string): Answer<Key> {
  return read(omni, { path: path`/keys/${id}`, schema: keyAnswer });
}

/**
 * Creates a key; `plainTextKey` is shown in this answer only. Scope `keys:write`; `forbidden` with `ceiling` if it would get
 * more than the caller has (contract §5.1, §5.3).
 */
export function createKey(omni: Omni, body: KeyBody): Answer<NewKey> {
  return write(omni, keyBody, { method: 'POST', path: '/keys', body, schema: newKeyAnswer });
}

/**
 * Changes a key. Scopes `keys:write` and, for the guard, `keys:read`; the ceiling holds for the whole resulting row
 * (contract §5.3). `invalid` with a guard's code, and nothing sent, where it would take something from the primary key, the
 * caller's own or the last one that can write keys. `besides`: an id of a key that may be another such one, unlisted.
 */
export async function patchKey(omni: Omni, id: string, patch: KeyPatch, besides?: string): Answer<Key> {
  const checked = checkedBody(keyPatch, patch);
  if (!checked.ok) return checked;
  const call = { method: 'PATCH', path: path`/keys/${id}`, body: checked.value, schema: keyAnswer } as const;
  return guarded(omni, id, { is: 'patch', patch: checked.value, besides }, call);
}

/**
 * Revokes a key for good. Scopes `keys:write` and, for the guard, `keys:read`. Omni guards neither the primary key nor the
 * caller's own (the door does), and a second revoke overwrites who, when and why: read the key first (contract §5, §10.8).
 */
export async function revokeKey(omni: Omni, id: string, body: RevokeBody = {}, besides?: string): Answer<Key> {
  const checked = checkedBody(revokeBody, body);
  if (!checked.ok) return checked;
  const call = { method: 'POST', path: path`/keys/${id}/revoke`, body: checked.value, schema: keyAnswer } as const;
  return guarded(omni, id, { is: 'revoke', besides }, call);
}

/** Deletes a key and with it its audit log. Scopes `keys:write` and, for the guard, `keys:read` (contract §5). */
export async function deleteKey(omni: Omni, id: string): Answer<undefined> {
  return guarded(omni, id, { is: 'delete' }, { method: 'DELETE', path: path`/keys/${id}`, schema: deletedAnswer });
}

/** Sends a change of a key after `guardKey`; the door sends none that did not come through here. */
async function guarded<T>(omni: Omni, id: string, change: KeyChange, call: OmniCall<T>): Answer<T> {
  const refused = await guardKey(omni, id, change);
  return refused ? err(refused) : omni.request(permitKeyChange(call));
}

/** `since` and `until` ISO times in UTC, `path` a part of the path, `limit` 1–100. */
export type KeyAuditQuery = {
  since?: string;
  until?: string;
  path?: string;
  statusCode?: number;
  limit?: number;
  cursor?: string;
};

/** What a key asked for, newest first, refused calls too but no 401s. Scope `keys:read` (contract §7.1). */
export function listKeyAudit(
  omni: Omni,
  id: string,
  query: KeyAuditQuery = {},
  signal?: AbortSignal,
): Answer<KeyAuditPage> {
  return read(omni, { path: path`/keys/${id}/audit`, query, schema: keyAuditPage, ...(signal ? { signal } : {}) });
}
