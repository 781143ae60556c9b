import { allows } from '#lib/scopes/scopes.ts';
import type { OmniError } from './door/errors.ts';
import { problemOf, type ProblemText } from './problem-code.ts';
import type { Result } from './result.ts';

/**
 * Why something was not seen. `forbidden`: the key lacks a scope, by its own scopes or in Omni's words. `failed`: it was asked
 * for and could not be read. `beyond`: Omni lists no more than `limit`, and it is not among those. `absent`: a server of this
 * generation does not have it.
 */
export type NotSeen =
  | { is: 'forbidden'; scope: string }
  | { is: 'failed'; problem: ProblemText }
  | { is: 'beyond'; limit: number }
  | { is: 'absent'; generation: 'february' };

/** What was asked for, or why it was not seen. Plain data: it may be stored, and sent to the browser. */
export type Seen<T> = { is: 'value'; value: T } | NotSeen;

/** Something seen. */
export function valueOf<T>(value: T): { is: 'value'; value: T } {
  return { is: 'value', value };
}

/** An error as something not seen. Only a refusal that names its scope is a missing permission. */
export function notSeenOf(error: OmniError): NotSeen {
  if (error.kind === 'forbidden' && error.scope) return { is: 'forbidden', scope: error.scope };
  return { is: 'failed', problem: problemOf(error) };
}

/** An answer of Omni's as something seen or not. */
export function seenOf<T>(answer: Result<T, OmniError>): Seen<T> {
  return answer.ok ? valueOf(answer.value) : notSeenOf(answer.error);
}

type Reason = 'status' | 'timeout' | 'unreachable' | 'rate' | 'refused' | 'unreadable';

/** The same as plain values, as one sentence takes them; what a sentence does not name is empty. */
export type NotSeenValues = { state: NotSeen['is']; scope: string; reason: Reason | ''; status: number; limit: number };

/** Why something was not seen, as the values of its sentence. `status`: an HTTP status; `limit`: how many Omni lists. */
export function notSeenValues(seen: NotSeen): NotSeenValues {
  const none = { state: seen.is, scope: '', reason: '', status: 0, limit: 0 } as const;
  if (seen.is === 'forbidden') return { ...none, scope: seen.scope };
  if (seen.is === 'beyond') return { ...none, limit: seen.limit };
  if (seen.is === 'absent') return none;
  const { code, values } = seen.problem;
  return { ...none, reason: reasonOf(code), status: Number(values.status ?? 0) };
}

/** Of several reads those that saw nothing, without what changes with each try: what a plan relies on besides its effects. */
export function notSeenAmong(reads: readonly Seen<unknown>[]): NotSeenValues[] {
  return reads.flatMap((seen) => (seen.is === 'value' ? [] : [notSeenValues(seen)]));
}

function reasonOf(code: string): Reason {
  if (code === 'unavailable' || code === 'bad_answer_status') return 'status';
  if (code === 'unreachable_timeout') return 'timeout';
  if (code.startsWith('unreachable')) return 'unreachable';
  if (code === 'rate_limited') return 'rate';
  return code.startsWith('bad_answer') ? 'unreadable' : 'refused';
}

/** What the February generation does not have. */
export const ABSENT: NotSeen = { is: 'absent', generation: 'february' };

/** What did not come in time. */
export const LATE: NotSeen = { is: 'failed', problem: { code: 'unreachable_timeout', values: {} } };

/** Reads something that needs a scope; a key that certainly lacks it does not ask. */
export async function readSeen<T>(
  scopes: readonly string[] | null,
  scope: string,
  read: () => Promise<Result<T, OmniError>>,
): Promise<Seen<T>> {
  return allows(scopes, scope) === 'no' ? { is: 'forbidden', scope } : seenOf(await read());
}

/** The same with another value; what was not seen stays so. */
export function mapSeen<T, U>(seen: Seen<T>, change: (value: T) => U): Seen<U> {
  return seen.is === 'value' ? valueOf(change(seen.value)) : seen;
}

/** The value, or what stands for it where it was not seen. */
export function seenOr<T, U>(seen: Seen<T>, otherwise: U): T | U {
  return seen.is === 'value' ? seen.value : otherwise;
}

/** The first that failed among what belongs to one list; a missing permission is no failure. Null where none did. */
export function firstFailed(all: Iterable<Seen<unknown> | undefined>): NotSeen | null {
  for (const seen of all) if (seen?.is === 'failed') return seen;
  return null;
}
