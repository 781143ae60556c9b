import type { Signed } from './resolve.ts';
import { allows } from '#lib/scopes/scopes.ts';

/**
 * Whether somebody may have a thing of the console's own, which Omni is not asked about: with the scope for certain; with
 * unknown rights only what the same key made, or the one it came after.
 */
export function mayHave(
  {
    session,
    was,
  }: { session: Pick<Signed['session'], 'server' | 'actor' | 'formers' | 'scopes'>; was?: string | undefined },
  scope: string,
  row: { server: string; actor: string },
): boolean {
  if (row.server !== session.server.id) return false;
  const allowed = allows(session.scopes, scope);
  return allowed === 'yes' || (allowed === 'unknown' && [session.actor, was, ...session.formers].includes(row.actor));
}
