import type { CheckId, CheckResult, HomeCheck } from '#components/home/check.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { checkChanges } from './changes.tsx';
import { checkConnections } from './connections.tsx';
import { knownDuplicates } from './duplicates.ts';
import { checkKeys } from './keys.tsx';
import { checkSavedTests } from './saved-tests.tsx';
import { checkRotations } from './rotations.tsx';
import { checkRouteHealth, readOnce } from './routes.tsx';
import { checkUnshownKeys } from './unshown-keys.tsx';
import { checkServer } from './server.tsx';

/** Starts every check at once; each is shown when it finishes. */
export function startChecks(signed: Signed): HomeCheck[] {
  const routes = readOnce(signed);
  const all: [CheckId, Promise<CheckResult>][] = [
    ['server', checkServer(signed)],
    ['connections', checkConnections(signed)],
    ['changes', checkChanges(signed)],
    ['keys', checkKeys(signed)],
    ['unshown', checkUnshownKeys(signed)],
    ['rotations', checkRotations(signed)],
    ['routes', checkRouteHealth(routes)],
    ['tests', checkSavedTests(signed, routes)],
    ...knownDuplicates(signed),
  ];
  // A redirect to the sign-in page rejects them all, and the page reads only the first.
  for (const [, result] of all) result.catch(() => {});
  return all.map(([id, result]) => ({ id, result }));
}
