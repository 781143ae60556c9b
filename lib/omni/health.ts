import 'server-only';
import type { OmniError } from './errors.ts';
import type { Omni } from './omni.ts';
import { read } from './read.ts';
import type { Result } from './result.ts';
import { health, type Health } from './schemas/health.ts';

/** How the server says it is. Open to everybody; does not count against the budget (contract §1.1). */
export function getHealth(omni: Omni): Promise<Result<Health, OmniError>> {
  return read(omni, { path: '/health', schema: health, timeoutMs: 5000 });
}
