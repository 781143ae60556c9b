import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';
import { validation, type Validation } from '#lib/omni/schemas/auth.ts';

/**
 * What the handle's own key is called and may do. Scope `auth:validate`: a good key without it is `forbidden`, never
 * `unauthorized` (contract §4). `timeoutMs`: how long to wait for it, the door's own limit unless told.
 */
export function validateKey(omni: Omni, timeoutMs?: number): Promise<Result<Validation, OmniError>> {
  return omni.request({ method: 'POST', path: '/auth/validate', schema: validation, reads: true, timeoutMs });
}
