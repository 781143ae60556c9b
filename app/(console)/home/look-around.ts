import type { Check, CheckId, CheckResult } from '#components/home/check.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { lookAtChanges } from './changes.tsx';
import { lookAtConnections } from './connections.tsx';
import { checkKeys } from './keys.tsx';
import { lookAtProbes } from './probes.tsx';
import { checkRotations } from './rotations.tsx';
import { lookAtRoutes, readOnce } from './routes.tsx';
import { lookAtServer } from './server.tsx';

/** Begins every look at once; nobody waits for more than one of them. */
export function lookAround(signed: Signed): Check[] {
  const routes = readOnce(signed);
  const all: [CheckId, Promise<CheckResult>][] = [
    ['server', lookAtServer(signed)],
    ['connections', lookAtConnections(signed)],
    ['changes', lookAtChanges(signed)],
    ['keys', checkKeys(signed)],
    ['rotations', checkRotations(signed)],
    ['routes', lookAtRoutes(routes)],
    ['probes', lookAtProbes(signed, routes)],
  ];
  // Who leaves for the sign-in page leaves by one of them; the others have nobody to tell.
  for (const [, result] of all) result.catch(() => {});
  return all.map(([id, result]) => ({ id, result }));
}
