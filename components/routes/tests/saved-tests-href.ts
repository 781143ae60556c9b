import type { Route } from 'next';

/** The probes of some instances, or all of them. */
export function probesHref(instances: readonly string[] = []) {
  const ids = [...new Set(instances)];
  return (ids.length > 0 ? `/routes/probes?instance=${ids.join(',')}` : '/routes/probes') as Route;
}
