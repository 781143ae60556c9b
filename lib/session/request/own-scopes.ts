import type { Signed } from './resolve.ts';
import { allows } from '#lib/scopes/scopes.ts';

/**
 * Whether a key may read a row that only the console keeps, so that Omni cannot decide: yes with the scope; with unknown scopes
 * only rows that the same key made, or the key it replaced.
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
