import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { read } from '#lib/omni/cache/read.ts';
import type { Result } from '#lib/omni/result.ts';
import { health, type Health } from '#lib/omni/schemas/health.ts';

/** How the server says it is. Open to everybody; does not count against the budget (contract §1.1). */
export function getHealth(omni: Omni): Promise<Result<Health, OmniError>> {
  return read(omni, { path: '/health', schema: health, timeoutMs: 5000 });
}
