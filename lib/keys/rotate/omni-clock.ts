import 'server-only';
import { getHealth } from '#lib/omni/resources/health.ts';
import type { Omni } from '#lib/omni/door/omni.ts';

/** Now by Omni's own clock, in milliseconds; by the console's where Omni does not say (contract §1.1). */
export async function omniNow(omni: Omni): Promise<number> {
  const health = await getHealth(omni);
  return health.ok && health.value.timestamp ? Date.parse(health.value.timestamp) : Date.now();
}
