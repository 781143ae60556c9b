import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';
import { automationsNaming, type NamingAutomation } from '#lib/omni/schemas/automations.ts';

/**
 * Automations in which one of `ids` stands, in a condition or an action. Scope `automations:read`, which a key may lack: then
 * nothing can be said. Merging doesn't change them (contract §5.5 names the scope; their row isn't in the contract).
 */
export function listAutomationsNaming(
  omni: Omni,
  ids: readonly string[],
): Promise<Result<NamingAutomation[], OmniError>> {
  return omni.request({ method: 'GET', path: '/automations', schema: automationsNaming(ids) });
}
