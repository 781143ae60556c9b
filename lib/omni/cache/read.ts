import 'server-only';
import { cache } from 'react';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import { queryText } from '#lib/omni/door/path.ts';
import type { Result } from '#lib/omni/result.ts';

const answersOf = cache((_omni: Omni) => new Map<string, Promise<unknown>>());
const uncached = new WeakSet<Omni>();

/** The same handle, whose reads ask Omni every time: for plans, for rechecks after a write, for polling. */
export function readingFresh(omni: Omni): Omni {
  const fresh = Object.freeze({ ...omni });
  uncached.add(fresh);
  return fresh;
}

/**
 * A GET that one render makes once, however many components ask. Outside a render, with a `signal` and with a handle of
 * `readingFresh`, it asks each time. A path has one schema in this folder, so path and query name the answer.
 */
export function read<T>(
  omni: Omni,
  call: Omit<OmniCall<T>, 'method' | 'body' | 'reads'>,
): Promise<Result<T, OmniError>> {
  const ask = () => omni.request({ ...call, method: 'GET' });
  if (call.signal || uncached.has(omni)) return ask();
  const answers = answersOf(omni);
  const name = call.path + queryText(call.query);
  const known = answers.get(name) as Promise<Result<T, OmniError>> | undefined;
  if (known) return known;
  const answer = ask();
  answers.set(name, answer);
  return answer;
}
