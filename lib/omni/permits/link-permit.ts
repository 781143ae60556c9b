import type { OmniCall } from '#lib/omni/door/omni.ts';

const permitted = new WeakSet<object>();

/**
 * Marks a `POST /persons/link` as planned; `persons.ts` alone calls this, a test holds it. Without the mark the door
 * refuses the call, because a link is a merge when both identities have a person (contract §3.2).
 */
export function permitLink<T>(call: OmniCall<T>): OmniCall<T> {
  permitted.add(call);
  return call;
}

/** Whether this very call was planned. */
export function isPermittedLink(call: object): boolean {
  return permitted.has(call);
}
