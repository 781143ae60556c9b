import { PRIMARY, refusalOf, type KeyChange, type KeyRefusal } from '#lib/omni/permits/key-rules.ts';
import type { SeenKey } from '#lib/omni/resources/own-key.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import type { KeptCalls } from '#lib/keys/requests/kept-calls.ts';
import { refusalText } from '#lib/keys/form/refusal-text.ts';
import { whyNotRotated } from '#lib/keys/rotate/rotate-rules.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { statusOf } from './status.ts';

export type KeyDeed = 'edit' | 'rotate' | 'revoke' | 'delete';

/** Why a deed is not possible, in a sentence that says what can be done; `scope`: the missing one; `instead`: the deed that is. */
export type BarredDeed = { why: Text; scope?: string; instead: Instead | null };

/** What is possible where a deed is not. `create`: another key like this one; `requests`: copying its requests. */
export type Instead = KeyDeed | 'create' | 'requests';

/**
 * What can be done with a key; null stands for a deed that can. `clear`: deleting it among others, where an expired one is revoked first.
 * `narrow`: taking permissions from it.
 */
export type KeyCapability = Record<KeyDeed | 'clear' | 'narrow', BarredDeed | null>;

/**
 * `scopes`: the session's, null where they are unknown, which Omni decides. `now`: milliseconds. `ending`: why the door would not
 * revoke or delete it (`judgeKeyChange`), where the other keys were read. `calls`: whether its requests are kept, where that was read.
 */
type Circumstances = {
  scopes: readonly string[] | null;
  now: number;
  ending: KeyRefusal | null;
  calls?: KeptCalls | undefined;
};

/**
 * What can be done with a key, by its row and the session's scopes: what every button, link and sentence about it says. The door
 * and the operations check again. Pure.
 */
export function capabilityOf({ key, own }: SeenKey, { scopes, now, ending, calls }: Circumstances): KeyCapability {
  const barred = (why: Text | null | undefined, instead: Instead | null = null): BarredDeed | null =>
    why ? { why, instead } : null;
  const values = { name: key.name };
  const revoked = key.status === 'revoked';
  // Also where it is the own one: only the server can rotate it.
  const whole = key.name === PRIMARY ? 'primary_key' : own ? 'own_key' : null;
  const refused = whole ?? ending;
  const unending = refused && refusalText(refused, key.name);
  const edit = barred(revoked ? { key: 'keys.edit.revoked', values } : null);
  const rotate = whyNotRotated(key, scopes, now);
  const ended = rotate?.key === 'rotate.refused-revoked' || rotate?.key === 'rotate.refused-expired';
  const revoke = revoked
    ? barred({ key: 'keys.revoke.already', values }, 'delete')
    : barred(unending, own && rotate === null ? 'rotate' : null);
  const uncopied = barred(calls === 'not_kept' ? { key: 'keys.delete.keep-first', values } : null, 'requests');
  const remove =
    barred(unending || (revoked ? null : { key: 'keys.delete.revoke-first', values }), unending ? null : 'revoke') ??
    uncopied;
  const all: KeyCapability = {
    edit,
    narrow: edit ?? barred(whole && refusalText(whole, key.name), own && rotate === null ? 'rotate' : null),
    rotate: barred(rotate, ended || rotate?.key === 'rotate.refused-locks' ? 'create' : null),
    revoke,
    delete: remove,
    clear: statusOf(key, now) === 'expired' ? (revoke ?? uncopied) : remove,
  };
  const scope = 'keys:write';
  if (allows(scopes, scope) !== 'no') return all;
  const lacking: BarredDeed = { why: { key: 'keys.lacks', values: { scope } }, scope, instead: null };
  return { edit: lacking, rotate: lacking, revoke: lacking, delete: lacking, clear: lacking, narrow: lacking };
}

/** The same of a key among others that were read; `all`: they are all there are. */
export function capabilityAmong(
  seen: SeenKey,
  others: { keys: readonly SeenKey[]; all: boolean },
  { scopes, now, calls }: Omit<Circumstances, 'ending'>,
): KeyCapability {
  const revoke: KeyChange = { is: 'revoke' };
  return capabilityOf(seen, { scopes, now, calls, ending: refusalOf(seen, revoke, others, now) });
}
