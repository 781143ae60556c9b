import { afterAll } from 'vitest';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type SandboxOptions } from '../../../sandbox/wire/server.ts';

/**
 * An Omni of a test file's own, with its levers and without a rate limit, until the file's last test. Awaited at the top of the file.
 */
export async function ownSandbox(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ port: 0, persons: 20, ...options });
  afterAll(() => sandbox.stop());
  const control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  return { sandbox, control };
}
