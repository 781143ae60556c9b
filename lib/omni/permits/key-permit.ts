import type { OmniCall } from '#lib/omni/door/omni.ts';

const permitted = new WeakSet<object>();

/**
 * Marks a change of an existing key as guarded (`guardKey`); `keys.ts` alone calls this, a test holds it. Without the mark the
 * door refuses the call, because Omni lets anybody end the key everybody depends on (contract §10.8).
 */
export function permitKeyChange<T>(call: OmniCall<T>): OmniCall<T> {
  permitted.add(call);
  return call;
}

/** Whether this very call came through the guard. */
export function isPermittedKeyChange(call: object): boolean {
  return permitted.has(call);
}
