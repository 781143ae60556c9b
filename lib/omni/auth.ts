import type { OmniError } from './errors.ts';
import type { Omni, OmniCall } from './omni.ts';
import type { Result } from './result.ts';
import { validation, type Validation } from './schemas/auth.ts';

/**
 * The call that asks what a key is, for a handle or for `omniRequestAs`. Scope `auth:validate`: a good key without it is
 * `forbidden`, never `unauthorized` (contract §4).
 */
export const validateCall: OmniCall<Validation> = {
  method: 'POST',
  path: '/auth/validate',
  schema: validation,
  reads: true,
};

/** What the handle's own key is called and may do. Scope `auth:validate` (contract §4). */
export function validateKey(omni: Omni): Promise<Result<Validation, OmniError>> {
  return omni.request(validateCall);
}
