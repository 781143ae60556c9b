import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut, orStopped } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { instanceStatusSnapshot } from '#lib/omni/cache/snapshot.ts';

const AT_ONCE = 8;
const MOST = 50;

/**
 * How the enabled instances are connected. `silent`: Omni answers that it does not know (behaviour J2). `unread`: nobody
 * asked or nothing came in time; `error` is the first failure.
 */
export type Connections = {
  up: Instance[];
  down: { instance: Instance; state: string }[];
  silent: Instance[];
  unread: Instance[];
  error: OmniError | null;
};

/**
 * Asks for each enabled instance whether it is connected: one call each, so 50 at most, within the key's budget, for so
 * many milliseconds. Scope `instances:read`.
 */
export async function readConnections(
  omni: Omni,
  instances: readonly Instance[],
  deadlineMs: number,
): Promise<Connections> {
  const enabled = instances.filter(({ isActive }) => isActive !== false);
  const answers = await fanOut(omni, enabled.slice(0, MOST), { concurrency: AT_ONCE, deadlineMs }, ({ id }, stop) =>
    orStopped(instanceStatusSnapshot(omni, id), stop),
  );
  const found: Connections = { up: [], down: [], silent: [], unread: enabled.slice(MOST), error: null };
  for (const answer of answers) {
    if (answer.state !== 'ok') {
      found.unread.push(answer.item);
      if (answer.state === 'failed') found.error ??= answer.error;
    } else if (answer.value.isConnected) found.up.push(answer.item);
    else if (answer.value.state === 'unknown') found.silent.push(answer.item);
    else found.down.push({ instance: answer.item, state: answer.value.state });
  }
  return found;
}
