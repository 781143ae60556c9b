import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
import { lookupHref, type Lookup } from '#lib/lookups/lookup.ts';
import { ndjson } from '#lib/text/ndjson.ts';
import { noteProblem } from './typing-rest.ts';

/** A lookup that could not be had; `problem` is a code of the namespace `problems`. */
export class LookupFailed extends Error {
  override name = 'LookupFailed';
  readonly problem: string;
  readonly status: number | null;
  constructor(problem: string, status: number | null) {
    super(problem);
    this.problem = problem;
    this.status = status;
  }
}

/** Reads a lookup that is answered at once. Throws `LookupFailed`; an abort ends the call down to Omni, and throws its reason. */
export async function ask<Q extends object, A>(lookup: Lookup<Q, A>, query: Q, signal: AbortSignal): Promise<A> {
  const response = await read(lookupHref(lookup, query), signal);
  return parsed(lookup, await response.json());
}

/** The lines of a lookup that is answered in parts, as they come. Throws as `ask` does. */
export async function* askLines<Q extends object, A>(
  lookup: Lookup<Q, A>,
  query: Q,
  signal: AbortSignal,
): AsyncGenerator<A> {
  const response = await read(lookupHref(lookup, query), signal);
  try {
    for await (const line of ndjson<unknown>(response)) {
      if (typeof line === 'object' && line !== null && 'problem' in line) noteProblem(line.problem);
      yield parsed(lookup, line);
    }
  } catch (error) {
    throw signal.aborted || error instanceof LookupFailed ? error : new LookupFailed('console_unreachable', null);
  }
}

/** Reads an address of the console that answers JSON, such as the progress of work. Throws as `ask` does. */
export async function readJson<T>(address: string, signal?: AbortSignal): Promise<T> {
  return (await read(address, signal)).json() as Promise<T>;
}

async function read(address: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await consoleFetch(address, { cache: 'no-store', ...(signal ? { signal } : {}) });
  } catch (error) {
    throw signal?.aborted ? error : new LookupFailed('console_unreachable', null);
  }
  if (response.ok) return response;
  const body = (await response.json().catch(() => null)) as { problem?: unknown } | null;
  noteProblem(body?.problem);
  throw new LookupFailed(typeof body?.problem === 'string' ? body.problem : 'unexpected', response.status);
}

/** Another version of the console may have answered: what is not as expected is a failure, not a broken page. */
function parsed<A>({ answer }: Pick<Lookup<never, A>, 'answer'>, value: unknown): A {
  const known = answer.safeParse(value);
  if (!known.success) throw new LookupFailed('unexpected', null);
  return known.data;
}
