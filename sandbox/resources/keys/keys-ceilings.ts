import { forbidden } from '../../wire/http-errors.ts';
import type { CachedKey } from './key-cache.ts';
import { covers } from '../../wire/scopes.ts';

export type Granted = {
  scopes: readonly string[];
  instanceIds: readonly string[] | null;
  instanceAllowlist: readonly string[];
  chatAllowlist: readonly string[];
  outboundRecipientAllowlist: readonly string[];
};

const within = (wanted: readonly string[], held: readonly string[]) => wanted.every((one) => held.includes(one));

/**
 * Nobody gives what they don't hold; asked of the whole resulting row, so that a bounded caller can't even describe a
 * broader key. Revoke and delete ask nothing (contract §5.3, behaviour I9–I12).
 */
export function requireWithinOwn(caller: CachedKey, granted: Granted): void {
  const disallowed = granted.scopes.filter((scope) => !covers(caller.scopes, scope));
  if (disallowed.length > 0) {
    throw forbidden(`Cannot grant scopes that exceed the caller's own. Disallowed: ${disallowed.join(', ')}`);
  }
  const { instanceIds, instanceAllowlist } = caller;
  const restricted =
    instanceIds !== null && (granted.instanceIds === null || !within(granted.instanceIds, instanceIds));
  const locked = instanceAllowlist.length > 0 && !boundedBy(granted.instanceAllowlist, instanceAllowlist);
  if (restricted || locked) throw forbidden("Cannot grant instance access that exceeds the caller's own.");
  for (const lock of ['chatAllowlist', 'outboundRecipientAllowlist'] as const) {
    if (caller[lock].length > 0 && !boundedBy(granted[lock], caller[lock])) {
      throw forbidden("Cannot grant chat or recipient access that exceeds the caller's own.");
    }
  }
}

/** An empty allowlist is no lock at all, so it exceeds any. */
function boundedBy(wanted: readonly string[], held: readonly string[]): boolean {
  return wanted.length > 0 && within(wanted, held);
}
