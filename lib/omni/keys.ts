import 'server-only';
import type { OmniError } from './errors.ts';
import type { Omni } from './omni.ts';
import { path } from './path.ts';
import { read } from './read.ts';
import type { Result } from './result.ts';
import {
  deletedAnswer,
  keyAnswer,
  keyAuditPage,
  keyBody,
  keyList,
  keyPatch,
  newKeyAnswer,
  revokeBody,
  type Key,
  type KeyAuditPage,
  type KeyBody,
  type KeyPatch,
  type NewKey,
  type RevokeBody,
} from './schemas/keys.ts';
import { write } from './write.ts';

type Answer<T> = Promise<Result<T, OmniError>>;

/** As many keys as Omni lists: with more, the newest can't be reached by the list (contract §1.6). */
export const KEYS_LIMIT = 100;

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

/** Changes a key. Scope `keys:write`; the ceiling holds for the whole resulting row (contract §5.3). */
export function patchKey(omni: Omni, id: string, patch: KeyPatch): Answer<Key> {
  return write(omni, keyPatch, { method: 'PATCH', path: path`/keys/${id}`, body: patch, schema: keyAnswer });
}

/**
 * Revokes a key for good. Scope `keys:write`. Omni guards neither the primary key nor the caller's own, and a second revoke
 * overwrites who, when and why: ask `isOwnKey` and read the key first (contract §5, §10.8).
 */
export function revokeKey(omni: Omni, id: string, body: RevokeBody = {}): Answer<Key> {
  return write(omni, revokeBody, { method: 'POST', path: path`/keys/${id}/revoke`, body, schema: keyAnswer });
}

/** Deletes a key and with it its audit log. Scope `keys:write`; the primary key is `forbidden` (contract §5). */
export function deleteKey(omni: Omni, id: string): Answer<undefined> {
  return omni.request({ method: 'DELETE', path: path`/keys/${id}`, schema: deletedAnswer });
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
export function listKeyAudit(omni: Omni, id: string, query: KeyAuditQuery = {}): Answer<KeyAuditPage> {
  return read(omni, { path: path`/keys/${id}/audit`, query, schema: keyAuditPage });
}
