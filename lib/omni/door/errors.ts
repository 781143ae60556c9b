/** One field Omni refused, with the path it named ("primaryEmail", "conditions.onDm"). */
export type FieldIssue = { path: string; message: string };

/** Why no answer came. `other` is a cause we could not name. */
export type UnreachableCause = 'refused' | 'dns' | 'tls' | 'timeout' | 'reset' | 'aborted' | 'blocked' | 'other';

/**
 * Why a 403 refused where it says more than a scope or a lock (contract §1.3, §5.3): `ceiling` a key would get more than
 * its maker has, `instance` the key is kept to other instances, `primary_key` it can't be renamed or deleted, `admin_profile`
 * is made on Omni's own terminal only, `unmapped` Omni's scope table doesn't know the call.
 */
export type ForbiddenReason = 'ceiling' | 'instance' | 'primary_key' | 'admin_profile' | 'unmapped';

/**
 * Everything that can go wrong between the console and Omni. `requestId` is what both logs carry.
 *
 * - `unreachable`: nothing was processed (or, for a read, nothing came back).
 * - `outcome_unknown`: a write left and no usable answer came; it may have happened. Read before doing anything else. `own_failure`:
 *   Omni itself answered that it failed (its own shape, contract §1.5, with `status`); it is over, and may have happened in part.
 * - `unauthorized`: unknown, revoked and expired keys answer alike (contract §1.1).
 * - `signature_required`: a 401 that is not a bad key (contract §1.1).
 * - `forbidden`: `scope` when Omni named the missing one; `lock` when a profile lock refused (contract §1.3).
 * - `invalid`: also what the door itself refuses to send; then `requestId` is `not-sent` and `code` is one of `LocalCode`.
 * - `bad_answer`: an answer came and is not what Omni answers (HTML, another shape, a redirect).
 *
 * `foreign`: the status is one of Omni's, the shape is not: something between the console and Omni may have answered.
 */
export type OmniError = { requestId: string; foreign?: true } & (
  | { kind: 'unreachable'; cause: UnreachableCause }
  | { kind: 'outcome_unknown'; cause: UnreachableCause | 'bad_answer' | 'server_error' }
  | { kind: 'outcome_unknown'; cause: 'own_failure'; status: number }
  | { kind: 'unauthorized' }
  | { kind: 'signature_required' }
  | { kind: 'forbidden'; scope?: string; lock?: string; reason?: ForbiddenReason; disallowed?: string[] }
  | { kind: 'not_found'; resource?: string; resourceId?: string }
  | { kind: 'conflict'; field?: string }
  | { kind: 'invalid'; issues: FieldIssue[]; code?: string }
  | { kind: 'rate_limited'; retryAfterMs: number }
  | { kind: 'unavailable'; status: number }
  | { kind: 'bad_answer'; status: number; reason: 'not_json' | 'shape' | 'redirect' | 'too_large' | 'status' }
);
