import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { read } from '#lib/omni/cache/read.ts';
import { withinTime } from '#lib/omni/paging/within-time.ts';
import type { Result } from '#lib/omni/result.ts';
import { health, type Health } from '#lib/omni/schemas/health.ts';

/** How the server says it is. Open to everybody; does not count against the budget (contract §1.1). */
export function getHealth(omni: Omni): Promise<Result<Health, OmniError>> {
  return read(omni, { path: '/health', schema: health, timeoutMs: 5000 });
}

/** Now by Omni's own clock, in milliseconds; by the console's where Omni does not say (contract §1.1). */
export async function omniNow(omni: Omni): Promise<number> {
  const health = await getHealth(omni);
  return health.ok && health.value.timestamp ? Date.parse(health.value.timestamp) : Date.now();
}

const SHOWN_WITHIN_MS = 1000;

/** The same for what is only shown: by the console's clock also where Omni does not say so within a second. */
export async function nowToShow(omni: Omni): Promise<number> {
  const now = await withinTime(SHOWN_WITHIN_MS, omniNow(omni));
  return now === 'late' ? Date.now() : now;
}
