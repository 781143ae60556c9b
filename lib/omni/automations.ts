import 'server-only';
import type { OmniError } from './errors.ts';
import type { Omni } from './omni.ts';
import type { Result } from './result.ts';
import { automationsNaming, type NamingAutomation } from './schemas/automations.ts';

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
