import 'server-only';
import { uptime } from 'node:os';

const [startedMs, startedUp] = [performance.now(), uptime()];

/**
 * Milliseconds since this module was loaded, by clocks that nobody sets: it never goes back, and goes on while the process is
 * stopped. `performance.now` stands still while the whole machine is suspended; `os.uptime` does not.
 */
export function steadyNow(): number {
  return Math.max(performance.now() - startedMs, (uptime() - startedUp) * 1000);
}
